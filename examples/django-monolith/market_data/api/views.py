"""Endpoints under /api/market-data/. Everything that only reads is public."""

from django.shortcuts import get_object_or_404
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.filters import SearchFilter
from rest_framework.permissions import AllowAny, IsAdminUser, IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.views import APIView
from django_filters.rest_framework import DjangoFilterBackend

from core.filters import StableOrderingFilter
from market_data import services
from market_data.models import Candle, Exchange, Instrument, Quote, Sector, TradingDay

from .filters import InstrumentFilter
from .serializers import (
    CalendarQuerySerializer,
    CandleQuerySerializer,
    CandleSerializer,
    CorporateActionSerializer,
    ExchangeSerializer,
    InstrumentDetailSerializer,
    InstrumentSerializer,
    QuoteIngestSerializer,
    QuoteSerializer,
    SectorSerializer,
    TradingDaySerializer,
)

QUOTES_BATCH_MAX = 50
CALENDAR_ROWS_MAX = 400


class InstrumentViewSet(viewsets.ReadOnlyModelViewSet):
    """Instruments by symbol, with their prices as sub-resources."""

    permission_classes = [AllowAny]
    lookup_field = "symbol"
    lookup_value_regex = "[A-Z0-9]+"
    queryset = Instrument.objects.select_related("exchange", "sector").prefetch_related("tags")
    filter_backends = [DjangoFilterBackend, SearchFilter, StableOrderingFilter]
    filterset_class = InstrumentFilter
    search_fields = ["symbol", "name"]
    ordering_fields = ["symbol", "name", "kind", "listed_on"]
    ordering = ["symbol"]

    def get_serializer_class(self):
        return InstrumentSerializer if self.action == "list" else InstrumentDetailSerializer

    @action(detail=True)
    def quote(self, request, symbol=None):
        quote = get_object_or_404(
            Quote.objects.select_related("instrument"), instrument__symbol=symbol
        )
        return Response(QuoteSerializer(quote).data)

    @action(detail=True)
    def candles(self, request, symbol=None):
        query = CandleQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        interval, limit = query.validated_data["interval"], query.validated_data["limit"]
        instrument = get_object_or_404(Instrument, symbol=symbol)
        newest = Candle.objects.filter(instrument=instrument, interval=interval)
        rows = newest.order_by("-opened_at")[:limit]
        return Response(
            {
                "symbol": instrument.symbol,
                "interval": interval,
                "candles": CandleSerializer(reversed(rows), many=True).data,
            }
        )

    @action(detail=True, url_path="corporate-actions")
    def corporate_actions(self, request, symbol=None):
        instrument = get_object_or_404(Instrument, symbol=symbol)
        rows = instrument.corporate_actions.all()
        return Response(CorporateActionSerializer(rows, many=True).data)

    @action(detail=True, methods=["post", "delete"], permission_classes=[IsAdminUser])
    def halt(self, request, symbol=None):
        """POST stops trading of an instrument, DELETE lets it go on."""
        instrument = services.set_halted(symbol, request.method == "POST", request.user)
        return Response({"symbol": instrument.symbol, "is_halted": instrument.is_halted})


class ExchangeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = None
    lookup_field = "code"
    queryset = Exchange.objects.all()
    serializer_class = ExchangeSerializer


class SectorListView(generics.ListAPIView):
    permission_classes = [AllowAny]
    pagination_class = None
    queryset = Sector.objects.select_related("parent")
    serializer_class = SectorSerializer


class CalendarView(APIView):
    """Trading days in a range of dates, oldest first."""

    permission_classes = [AllowAny]

    def get(self, request):
        query = CalendarQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        days = TradingDay.objects.select_related("exchange")
        wanted = query.validated_data
        if "exchange" in wanted:
            days = days.filter(exchange__code=wanted["exchange"])
        if "start" in wanted:
            days = days.filter(date__gte=wanted["start"])
        if "end" in wanted:
            days = days.filter(date__lte=wanted["end"])
        rows = days.order_by("date", "exchange__code")[:CALENDAR_ROWS_MAX]
        return Response({"days": TradingDaySerializer(rows, many=True).data})


@api_view(["GET"])
@permission_classes([AllowAny])
def calendar_day(request, day):
    """What each exchange does on one day."""
    rows = TradingDay.objects.select_related("exchange").filter(date=day)
    ordered = rows.order_by("exchange__code")
    return Response({"date": day, "exchanges": TradingDaySerializer(ordered, many=True).data})


@api_view(["GET"])
@permission_classes([AllowAny])
def quotes_batch(request):
    """Quotes of `?symbols=AAPL,MSFT` in the order of the symbols; unknown ones are named."""
    symbols = [part.strip() for part in request.query_params.get("symbols", "").split(",")]
    symbols = list(dict.fromkeys(part for part in symbols if part))
    if not symbols:
        raise ValidationError({"symbols": ["Name at least one symbol."]})
    if len(symbols) > QUOTES_BATCH_MAX:
        raise ValidationError({"symbols": [f"At most {QUOTES_BATCH_MAX} symbols."]})
    rows = Quote.objects.select_related("instrument").filter(instrument__symbol__in=symbols)
    by_symbol = {quote.instrument.symbol: quote for quote in rows}
    found = [by_symbol[symbol] for symbol in symbols if symbol in by_symbol]
    return Response(
        {
            "quotes": QuoteSerializer(found, many=True).data,
            "unknown": [symbol for symbol in symbols if symbol not in by_symbol],
        }
    )


@api_view(["POST"])
@permission_classes([IsAdminUser])
def ingest_quotes(request):
    """A feed handler posts a list of quotes; watchers of the instruments hear of it."""
    serializer = QuoteIngestSerializer(data=request.data, many=True, max_length=500)
    serializer.is_valid(raise_exception=True)
    changed = services.ingest_quotes(serializer.validated_data)
    return Response({"ingested": changed}, status=202)
