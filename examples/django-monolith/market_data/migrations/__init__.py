"""Migrations of market_data."""
