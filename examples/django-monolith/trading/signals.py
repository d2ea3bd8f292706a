"""What trading tells the rest of the platform. Receivers run inside the trade's transaction."""

from django.dispatch import Signal

order_closed = Signal()
