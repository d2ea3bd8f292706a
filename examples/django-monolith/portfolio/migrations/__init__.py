"""Migrations of portfolio."""
