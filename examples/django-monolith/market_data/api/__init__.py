"""The REST API of market_data."""
