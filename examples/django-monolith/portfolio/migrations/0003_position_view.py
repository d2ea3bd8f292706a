"""The view behind portfolio.Position."""

from django.db import migrations

CREATE_VIEW = """
CREATE VIEW portfolio_position_view AS
SELECT h.id AS holding_id,
       h.account_id,
       h.instrument_id,
       h.quantity,
       h.average_price,
       q.last AS last_price
  FROM portfolio_position h
  JOIN md_quote q ON q.instrument_id = h.instrument_id
 WHERE h.quantity > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0002_initial"),
        ("market_data", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CREATE_VIEW, "DROP VIEW portfolio_position_view"),
    ]
