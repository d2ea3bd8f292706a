"""What market data tells the rest of the platform."""

from django.dispatch import Signal

quotes_changed = Signal()
instrument_halted = Signal()
