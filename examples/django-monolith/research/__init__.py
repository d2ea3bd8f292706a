"""App package."""
