"""JSON of portfolios, accounts and watchlists."""

from django.db import transaction
from rest_framework import serializers

from authentication.models import User
from market_data.api.serializers import InstrumentSerializer
from market_data.models import Instrument
from portfolio.models import (
    CENT,
    Account,
    CashMovement,
    Portfolio,
    PortfolioMember,
    Position,
    Watchlist,
    WatchlistItem,
)


class AccountSerializer(serializers.ModelSerializer):
    available = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    portfolio = serializers.SlugRelatedField(slug_field="public_id", read_only=True)

    class Meta:
        model = Account
        fields = ["number", "portfolio", "kind", "currency", "cash", "reserved", "available"]


class MemberSerializer(serializers.ModelSerializer):
    user = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.all())

    class Meta:
        model = PortfolioMember
        fields = ["user", "role", "joined_at"]
        read_only_fields = ["joined_at"]


class PortfolioSerializer(serializers.ModelSerializer):
    """Accounts and members are nested and read-only."""

    owner = serializers.CharField(source="owner.username", read_only=True)
    accounts = AccountSerializer(many=True, read_only=True)
    memberships = MemberSerializer(many=True, read_only=True)

    class Meta:
        model = Portfolio
        fields = [
            "public_id",
            "name",
            "owner",
            "base_currency",
            "accounts",
            "memberships",
            "created_at",
        ]
        read_only_fields = ["public_id", "created_at"]


class AmountSerializer(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=CENT)
    memo = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class TransferSerializer(AmountSerializer):
    source = serializers.SlugRelatedField(slug_field="number", queryset=Account.objects.all())
    target = serializers.SlugRelatedField(slug_field="number", queryset=Account.objects.all())

    def validate(self, attrs):
        if attrs["source"] == attrs["target"]:
            raise serializers.ValidationError({"target": ["Choose another account."]})
        return attrs


class CashMovementSerializer(serializers.ModelSerializer):
    order = serializers.UUIDField(source="execution.order.public_id", default=None)

    class Meta:
        model = CashMovement
        fields = ["id", "kind", "amount", "balance_after", "order", "booked_at", "memo"]


class PositionSerializer(serializers.ModelSerializer):
    account = serializers.CharField(source="account.number")
    symbol = serializers.CharField(source="instrument.symbol")
    market_value = serializers.DecimalField(max_digits=18, decimal_places=2)
    unrealized = serializers.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        model = Position
        fields = [
            "account",
            "symbol",
            "quantity",
            "average_price",
            "last_price",
            "market_value",
            "unrealized",
        ]


class WatchlistItemSerializer(serializers.ModelSerializer):
    symbol = serializers.SlugRelatedField(
        slug_field="symbol", queryset=Instrument.objects.all(), source="instrument"
    )
    instrument = InstrumentSerializer(read_only=True)

    class Meta:
        model = WatchlistItem
        fields = ["symbol", "instrument", "position", "note"]


class WatchlistSerializer(serializers.ModelSerializer):
    """Items are written nested: a PUT replaces all of them."""

    items = WatchlistItemSerializer(many=True, required=False)

    class Meta:
        model = Watchlist
        fields = ["id", "name", "items", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]

    @transaction.atomic
    def create(self, validated_data):
        items = validated_data.pop("items", [])
        watchlist = super().create(validated_data)
        self.replace_items(watchlist, items)
        return watchlist

    @transaction.atomic
    def update(self, instance, validated_data):
        items = validated_data.pop("items", None)
        instance = super().update(instance, validated_data)
        if items is not None:
            self.replace_items(instance, items)
        return instance

    def validate_items(self, items):
        if len({item["instrument"].pk for item in items}) != len(items):
            raise serializers.ValidationError("An instrument may be listed once.")
        return items

    def replace_items(self, watchlist, items):
        watchlist.items.all().delete()
        WatchlistItem.objects.bulk_create(
            WatchlistItem(watchlist=watchlist, **item) for item in items
        )
