"""The REST API of trading."""
