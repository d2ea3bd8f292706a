"""Instruments, exchanges, the trading calendar, quotes and candles."""
