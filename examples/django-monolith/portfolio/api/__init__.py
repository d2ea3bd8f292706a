"""The REST API of portfolio."""
