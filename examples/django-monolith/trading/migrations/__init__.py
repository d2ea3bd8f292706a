"""Migrations of trading."""
