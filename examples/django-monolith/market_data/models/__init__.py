"""Models of market_data, split by what they describe."""

from .prices import Candle, CorporateAction, Quote
from .reference import (
    Bond,
    Equity,
    Exchange,
    Fund,
    Instrument,
    InstrumentTag,
    Sector,
    TradingDay,
)

__all__ = [
    "Bond",
    "Candle",
    "CorporateAction",
    "Equity",
    "Exchange",
    "Fund",
    "Instrument",
    "InstrumentTag",
    "Quote",
    "Sector",
    "TradingDay",
]
