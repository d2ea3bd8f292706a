"""Raw SQL of portfolio. It reads tables of market_data, trading and accounts by name."""

from decimal import Decimal

from django.db import connection

CENT = Decimal("0.01")

NET_WORTH = """
    SELECT p.id, p.name, a.cash,
           COALESCE(SUM(h.quantity * q.last), 0) AS invested
      FROM portfolio_portfolio p
      JOIN portfolio_portfoliomember m ON m.portfolio_id = p.id
      JOIN portfolio_account a ON a.portfolio_id = p.id
      LEFT JOIN portfolio_position h ON h.account_id = a.id
      LEFT JOIN md_quote q ON q.instrument_id = h.instrument_id
     WHERE m.user_id = %s AND p.closed_at IS NULL
     GROUP BY p.id, p.name, a.id, a.cash
     ORDER BY p.id, a.id
"""

TOP_HOLDERS = """
    WITH totals AS (
        SELECT p.owner_id, SUM(h.quantity) AS quantity
          FROM portfolio_position h
          JOIN portfolio_account a ON a.id = h.account_id
          JOIN portfolio_portfolio p ON p.id = a.portfolio_id
          JOIN market_data_instrument i ON i.id = h.instrument_id
         WHERE i.symbol = %s
         GROUP BY p.owner_id
    )
    SELECT u.username, totals.quantity
      FROM totals JOIN accounts_user u ON u.id = totals.owner_id
     ORDER BY totals.quantity DESC, u.username
     LIMIT %s
"""


def net_worth(user):
    with connection.cursor() as cursor:
        cursor.execute(NET_WORTH, [user.pk])
        rows = cursor.fetchall()
    return [
        {
            "portfolio": name,
            "cash": str(Decimal(str(cash)).quantize(CENT)),
            "invested": str(Decimal(str(invested)).quantize(CENT)),
        }
        for _, name, cash, invested in rows
    ]


def top_holders(symbol, limit):
    with connection.cursor() as cursor:
        cursor.execute(TOP_HOLDERS, [symbol, limit])
        return [
            {"username": username, "quantity": str(Decimal(str(quantity)).quantize(CENT))}
            for username, quantity in cursor.fetchall()
        ]


def realized_by_month(account):
    """Cash in and out of trades per month; the date function differs per database."""
    month = "strftime('%%Y-%%m', l.booked_at)"
    if connection.vendor == "postgresql":
        month = "to_char(l.booked_at AT TIME ZONE 'UTC', 'YYYY-MM')"
    sql = f"""
        SELECT {month} AS month, COUNT(DISTINCT e.order_id), SUM(l.amount)
          FROM cash_ledger l
          JOIN trading_execution e ON e.id = l.execution_id
         WHERE l.account_id = %s
         GROUP BY {month}
         ORDER BY {month}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [account.pk])
        return [
            {"month": name, "orders": orders, "net": str(Decimal(str(net)).quantize(CENT))}
            for name, orders, net in cursor.fetchall()
        ]
