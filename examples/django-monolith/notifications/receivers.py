"""Receivers of other apps' signals: accounts, market_data, trading."""

from django.conf import settings
from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from market_data.signals import instrument_halted, quotes_changed
from notifications.models import Notification, NotificationPreference, PriceAlert
from notifications.services import notify
from portfolio.models import Holding, PortfolioMember
from trading.signals import order_closed


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def create_preference(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        NotificationPreference.objects.create(user=instance)


@receiver(post_delete, sender=PortfolioMember)
def tell_removed_member(sender, instance, **kwargs):
    """A removed member loses the messages about the portfolio."""
    Notification.objects.filter(
        recipient_id=instance.user_id,
        content_type__model="portfolio",
        object_id=instance.portfolio_id,
    ).delete()


@receiver(order_closed)
def tell_portfolio_owner(sender, order, **kwargs):
    """The owner hears of orders that somebody else placed."""
    owner = order.account.portfolio.owner
    if owner.pk != order.placed_by_id and owner.is_active:
        notify(
            owner, "order", f"{order.placed_by.username}: order {order.status}", target=order
        )


@receiver(quotes_changed)
def trigger_alerts(sender, instruments, **kwargs):
    last = F("instrument__quote__last")
    crossed = Q(direction="above", threshold__lte=last) | Q(
        direction="below", threshold__gte=last
    )
    waiting = PriceAlert.objects.filter(instrument__in=instruments, triggered_at=None)
    for alert in waiting.filter(crossed).select_related("owner", "instrument"):
        alert.triggered_at = timezone.now()
        alert.save(update_fields=["triggered_at"])
        subject = f"{alert.instrument.symbol} is {alert.direction} {alert.threshold}"
        notify(alert.owner, "price", subject, target=alert)


@receiver(instrument_halted)
def tell_holders(sender, instrument, **kwargs):
    holdings = Holding.objects.filter(instrument=instrument, quantity__gt=0)
    for holding in holdings.select_related("account__portfolio__owner"):
        owner = holding.account.portfolio.owner
        notify(owner, "price", f"{instrument.symbol} is halted", target=instrument)
