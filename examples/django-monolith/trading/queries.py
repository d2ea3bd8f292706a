"""Raw SQL of trading: the blotter joins five tables of four apps."""

from decimal import Decimal

from django.db import connection

CENT = Decimal("0.01")

BLOTTER = """
    SELECT o.public_id, u.username, i.symbol, o.side, o.quantity, o.status,
           COALESCE(SUM(e.gross), 0) AS gross, COUNT(e.id) AS fills
      FROM trading_order o
      JOIN accounts_user u ON u.id = o.placed_by_id
      JOIN market_data_instrument i ON i.id = o.instrument_id
      JOIN portfolio_account a ON a.id = o.account_id
      LEFT JOIN trading_execution e ON e.order_id = o.id
     WHERE a.kind = %s
     GROUP BY o.id, o.public_id, u.username, i.symbol, o.side, o.quantity, o.status
     ORDER BY o.id DESC
     LIMIT %s
"""

TURNOVER = """
    SELECT x.code, COUNT(e.id), COALESCE(SUM(e.gross), 0)
      FROM {exchange} x
      LEFT JOIN {instrument} i ON i.exchange_id = x.id
      LEFT JOIN {order} o ON o.instrument_id = i.id
      LEFT JOIN {execution} e ON e.order_id = o.id
     GROUP BY x.code
     ORDER BY x.code
"""


def blotter(limit):
    with connection.cursor() as cursor:
        cursor.execute(BLOTTER, ["customer", limit])
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    for row in rows:
        row["public_id"] = str(row["public_id"]).replace("-", "")
        row["quantity"] = str(Decimal(str(row["quantity"])).quantize(CENT))
        row["gross"] = str(Decimal(str(row["gross"])).quantize(CENT))
    return rows


def turnover_by_exchange():
    """Table names filled in from the models, as some of our SQL does."""
    from market_data.models import Exchange, Instrument
    from trading.models import Execution, Order

    sql = TURNOVER.format(
        exchange=Exchange._meta.db_table,
        instrument=Instrument._meta.db_table,
        order=Order._meta.db_table,
        execution=Execution._meta.db_table,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [
            {"exchange": code, "fills": fills, "gross": str(Decimal(str(gross)).quantize(CENT))}
            for code, fills, gross in cursor.fetchall()
        ]
