"""Seeds messages about seeded trades, preferences, alerts and announcements."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType

from core.seeding import BATCH_ROWS, CLOCK, money
from notifications.models import (
    Announcement,
    Notification,
    NotificationPreference,
    PriceAlert,
)
from trading.models import Execution

ALERTS_PER_USER = 2


def seed(plan):
    rng = plan.chance("notifications")
    users = plan.made["users"]
    NotificationPreference.objects.bulk_create(
        [
            NotificationPreference(
                user=user,
                email_enabled=rng.random() < 0.8,
                digest_hour=rng.randrange(5, 10),
                muted_topics=["research"] if rng.random() < 0.2 else [],
            )
            for user in users
        ],
        batch_size=BATCH_ROWS,
    )
    seed_messages(rng, plan)
    seed_alerts(rng, plan, users)
    seed_announcements(users)


def seed_messages(rng, plan):
    kind = ContentType.objects.get_for_model(Execution)
    rows = []
    for number, execution in enumerate(plan.made["executions"]):
        order = execution.order
        verb = "bought" if order.side == "buy" else "sold"
        read = rng.random() < 0.7
        rows.append(
            Notification(
                recipient=order.placed_by,
                topic="order",
                content_type=kind,
                object_id=execution.pk,
                created_at=execution.executed_at,
                subject=f"{order.quantity} {order.instrument.symbol} {verb} at {execution.price}",
                read_at=execution.executed_at + timedelta(hours=2) if read else None,
                public_id=plan.uuid(f"notification:{number}"),
            )
        )
    Notification.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def seed_alerts(rng, plan, users):
    rows = []
    for user in users:
        for instrument in rng.sample(plan.made["instruments"], ALERTS_PER_USER):
            direction = rng.choice(PriceAlert.Direction.values)
            factor = Decimal("1.2") if direction == "above" else Decimal("0.8")
            rows.append(
                PriceAlert(
                    owner=user,
                    instrument=instrument,
                    direction=direction,
                    threshold=money(plan.made["prices"][instrument.pk] * factor, 4),
                    created_at=CLOCK,
                    updated_at=CLOCK,
                )
            )
    PriceAlert.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def seed_announcements(users):
    notice = Announcement.objects.create(
        title="New: algo orders",
        body="Work large orders in slices.",
        starts_at=CLOCK,
        created_by=users[1],
        updated_by=users[1],
        created_at=CLOCK,
        updated_at=CLOCK,
    )
    Announcement.objects.create(
        title="Maintenance",
        body="Sunday 02:00 to 03:00 UTC.",
        starts_at=CLOCK - timedelta(days=9),
        ends_at=CLOCK - timedelta(days=2),
        created_by=users[1],
        updated_by=users[1],
        created_at=CLOCK,
        updated_at=CLOCK,
    )
    notice.dismissed_by.set(users[3:6])
