"""JSON of orders and executions."""

from decimal import Decimal

from rest_framework import serializers

from market_data.models import Instrument
from portfolio.models import Account
from trading.models import AlgoOrder, Execution, Order, OrderEvent, RiskLimit

SMALLEST = Decimal("0.0001")


class ExecutionSerializer(serializers.ModelSerializer):
    order = serializers.UUIDField(source="order.public_id", read_only=True)
    symbol = serializers.CharField(source="order.instrument.symbol", read_only=True)
    side = serializers.CharField(source="order.side", read_only=True)

    class Meta:
        model = Execution
        fields = [
            "public_id",
            "order",
            "symbol",
            "side",
            "price",
            "quantity",
            "gross",
            "fee",
            "executed_at",
        ]


class OrderEventSerializer(serializers.ModelSerializer):
    actor = serializers.CharField(source="actor.username", default=None)

    class Meta:
        model = OrderEvent
        fields = ["kind", "actor", "details", "happened_at"]


class OrderSerializer(serializers.ModelSerializer):
    account = serializers.SlugRelatedField(slug_field="number", read_only=True)
    symbol = serializers.CharField(source="instrument.symbol", read_only=True)
    placed_by = serializers.CharField(source="placed_by.username", read_only=True)
    parent = serializers.SlugRelatedField(slug_field="public_id", read_only=True)

    class Meta:
        model = Order
        fields = [
            "public_id",
            "account",
            "symbol",
            "placed_by",
            "parent",
            "client_reference",
            "side",
            "order_type",
            "time_in_force",
            "quantity",
            "limit_price",
            "reserved_cash",
            "status",
            "placed_at",
            "closed_at",
        ]


class OrderDetailSerializer(OrderSerializer):
    executions = ExecutionSerializer(many=True, read_only=True)
    events = OrderEventSerializer(many=True, read_only=True)

    class Meta(OrderSerializer.Meta):
        fields = [*OrderSerializer.Meta.fields, "executions", "events"]


class PlaceOrderSerializer(serializers.ModelSerializer):
    """What a client sends; the account must be one the user may trade in."""

    account = serializers.SlugRelatedField(slug_field="number", queryset=Account.objects.all())
    symbol = serializers.SlugRelatedField(
        slug_field="symbol",
        queryset=Instrument.objects.select_related("exchange"),
        source="instrument",
    )
    quantity = serializers.DecimalField(max_digits=18, decimal_places=4, min_value=SMALLEST)
    limit_price = serializers.DecimalField(
        max_digits=18, decimal_places=4, min_value=SMALLEST, required=False, allow_null=True
    )
    client_reference = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default=""
    )

    class Meta:
        model = Order
        validators = []
        fields = [
            "account",
            "symbol",
            "side",
            "order_type",
            "time_in_force",
            "quantity",
            "limit_price",
            "client_reference",
        ]


class AmendOrderSerializer(serializers.Serializer):
    quantity = serializers.DecimalField(
        max_digits=18, decimal_places=4, min_value=SMALLEST, required=False
    )
    limit_price = serializers.DecimalField(
        max_digits=18, decimal_places=4, min_value=SMALLEST, required=False
    )


class PlaceAlgoOrderSerializer(PlaceOrderSerializer):
    strategy = serializers.ChoiceField(choices=AlgoOrder.Strategy.choices)
    slices = serializers.IntegerField(min_value=2, max_value=20, default=4)

    class Meta(PlaceOrderSerializer.Meta):
        model = AlgoOrder
        fields = ["account", "symbol", "side", "quantity", "strategy", "slices"]


class AlgoOrderSerializer(OrderSerializer):
    class Meta(OrderSerializer.Meta):
        model = AlgoOrder
        fields = OrderSerializer.Meta.fields + ["strategy", "slices", "slices_done"]


class RiskLimitSerializer(serializers.ModelSerializer):
    user = serializers.CharField(source="user.username", read_only=True)

    class Meta:
        model = RiskLimit
        fields = ["user", "max_notional", "max_open_orders", "blocked_exchanges"]
