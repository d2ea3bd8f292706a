"""Tests of market_data."""
