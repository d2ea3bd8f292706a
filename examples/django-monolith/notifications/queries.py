"""Raw SQL of notifications: reads the tables of trading and market_data by name."""

from decimal import Decimal

from django.db import connection

CENT = Decimal("0.01")


def digest(user):
    """Fills per instrument with the messages that told of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT i.symbol, COUNT(DISTINCT e.id) AS fills, SUM(e.gross) AS gross
              FROM trading_execution e
              JOIN trading_order o ON o.id = e.order_id
              JOIN market_data_instrument i ON i.id = o.instrument_id
             WHERE o.placed_by_id = %s
             GROUP BY i.symbol
             ORDER BY i.symbol
            """,
            [user.pk],
        )
        return [
            {"symbol": symbol, "fills": fills, "gross": str(Decimal(str(gross)).quantize(CENT))}
            for symbol, fills, gross in cursor.fetchall()
        ]


def mark_order_messages_read(user):
    """One statement instead of a loop; the subquery is on a table of trading."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notification SET read_at = CURRENT_TIMESTAMP "
            "WHERE recipient_id = %s AND topic = 'order' AND read_at IS NULL "
            "AND EXISTS (SELECT 1 FROM trading_order o WHERE o.placed_by_id = %s "
            "AND o.status IN ('cancelled', 'expired'))",
            [user.pk, user.pk],
        )
        return cursor.rowcount
