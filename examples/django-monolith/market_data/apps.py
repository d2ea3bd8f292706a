"""App configuration; found by Django because it is the only one in this module."""

from django.apps import AppConfig


class MarketDataConfig(AppConfig):
    name = "market_data"
    verbose_name = "Market data"
