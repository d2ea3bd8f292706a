"""Management package of trading."""
