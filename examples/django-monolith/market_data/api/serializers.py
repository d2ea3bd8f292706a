"""JSON of market data. Decimals travel as strings, times in UTC with a trailing Z."""

from rest_framework import serializers

from market_data.models import (
    Bond,
    Candle,
    CorporateAction,
    Equity,
    Exchange,
    Fund,
    Instrument,
    Quote,
    Sector,
    TradingDay,
)


class ExchangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Exchange
        fields = ["code", "name", "country", "timezone", "currency", "opens_at", "closes_at"]


class SectorSerializer(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Sector
        fields = ["slug", "name", "parent"]


class TradingDaySerializer(serializers.ModelSerializer):
    exchange = serializers.CharField(source="exchange.code")

    class Meta:
        model = TradingDay
        fields = ["date", "exchange", "status", "note"]


class QuoteSerializer(serializers.ModelSerializer):
    symbol = serializers.CharField(source="instrument.symbol", read_only=True)
    mid = serializers.DecimalField(max_digits=18, decimal_places=4, read_only=True)
    spread = serializers.DecimalField(max_digits=18, decimal_places=4, read_only=True)
    change = serializers.DecimalField(max_digits=18, decimal_places=4, read_only=True)

    class Meta:
        model = Quote
        fields = [
            "symbol",
            "bid",
            "ask",
            "last",
            "previous_close",
            "mid",
            "spread",
            "change",
            "volume",
            "quoted_at",
        ]


class CandleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Candle
        fields = ["opened_at", "open", "high", "low", "close", "volume", "vwap"]


class CorporateActionSerializer(serializers.ModelSerializer):
    class Meta:
        model = CorporateAction
        fields = ["kind", "ex_date", "amount"]


class EquityDetailsSerializer(serializers.ModelSerializer):
    class Meta:
        model = Equity
        fields = ["isin", "shares_outstanding", "dividend_yield"]


class BondDetailsSerializer(serializers.ModelSerializer):
    class Meta:
        model = Bond
        fields = ["coupon_rate", "matures_on", "face_value"]


class FundDetailsSerializer(serializers.ModelSerializer):
    benchmark = serializers.SlugRelatedField(slug_field="symbol", read_only=True)

    class Meta:
        model = Fund
        fields = ["expense_ratio", "benchmark"]


DETAILS_SERIALIZERS = {
    Instrument.Kind.EQUITY: EquityDetailsSerializer,
    Instrument.Kind.BOND: BondDetailsSerializer,
    Instrument.Kind.FUND: FundDetailsSerializer,
}


class InstrumentSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(
        view_name="market-data-api:instrument-detail",
        lookup_field="symbol",
    )
    exchange = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sector = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    tags = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)

    class Meta:
        model = Instrument
        fields = [
            "url",
            "symbol",
            "name",
            "kind",
            "exchange",
            "sector",
            "tags",
            "currency",
            "tick_size",
            "lot_size",
            "is_halted",
            "listed_on",
        ]


class InstrumentDetailSerializer(InstrumentSerializer):
    """The list item with its relations spelled out, its own table of details and its quote."""

    exchange = ExchangeSerializer(read_only=True)
    sector = SectorSerializer(read_only=True)
    details = serializers.SerializerMethodField()
    quote = serializers.SerializerMethodField()

    class Meta(InstrumentSerializer.Meta):
        fields = InstrumentSerializer.Meta.fields + ["details", "quote", "updated_at"]

    def get_details(self, instrument):
        """Equity, bond and fund live in child tables; a currency pair has none."""
        serializer = DETAILS_SERIALIZERS.get(instrument.kind)
        child = getattr(instrument, instrument.kind, None) if serializer else None
        return serializer(child).data if child is not None else None

    def get_quote(self, instrument):
        quote = Quote.objects.filter(instrument=instrument).first()
        return QuoteSerializer(quote).data if quote is not None else None


class CandleQuerySerializer(serializers.Serializer):
    """Query string of the candles endpoint."""

    interval = serializers.ChoiceField(choices=Candle.Interval.choices, default="1d")
    limit = serializers.IntegerField(min_value=1, max_value=500, default=30)


class CalendarQuerySerializer(serializers.Serializer):
    """Query string of the calendar endpoint: both dates are part of the range."""

    exchange = serializers.CharField(max_length=4, required=False)
    start = serializers.DateField(required=False)
    end = serializers.DateField(required=False)


class QuoteIngestSerializer(serializers.Serializer):
    symbol = serializers.SlugRelatedField(
        slug_field="symbol", queryset=Instrument.objects.all(), source="instrument"
    )
    bid = serializers.DecimalField(max_digits=18, decimal_places=4, min_value=0)
    ask = serializers.DecimalField(max_digits=18, decimal_places=4, min_value=0)
    last = serializers.DecimalField(max_digits=18, decimal_places=4, min_value=0)
    volume = serializers.IntegerField(min_value=0)

    def validate(self, attrs):
        if attrs["ask"] < attrs["bid"]:
            raise serializers.ValidationError({"ask": ["The ask may not be below the bid."]})
        return attrs
