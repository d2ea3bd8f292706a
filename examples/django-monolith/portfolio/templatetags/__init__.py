"""Template tags used on all pages."""
