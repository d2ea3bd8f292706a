"""HTML pages under /markets/."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from market_data.models import Instrument
from portfolio.models import Holding
from research.models import ResearchProject


class InstrumentListView(ListView):
    template_name = "market_data/instruments.html"
    paginate_by = 20

    def get_queryset(self):
        rows = Instrument.objects.select_related("quote", "exchange")
        kind = self.request.GET.get("kind")
        return rows.of_kind(kind) if kind in Instrument.Kind.values else rows


@require_safe
def instrument_page(request, symbol):
    """Price, own holdings and research on one page: reads three other apps."""
    instrument = get_object_or_404(
        Instrument.objects.select_related("quote", "exchange", "sector"), symbol=symbol
    )
    holdings = Holding.objects.none()
    if request.user.is_authenticated:
        holdings = Holding.objects.filter(
            instrument=instrument, account__portfolio__memberships__user=request.user
        ).select_related("account")
    context = {
        "instrument": instrument,
        "candles": instrument.candles.filter(interval="1d")[:10],
        "holdings": holdings,
        "projects": ResearchProject.objects.filter(instrument=instrument),
    }
    return render(request, "market_data/instrument.html", context)
