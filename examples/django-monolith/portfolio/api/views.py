"""Endpoints under /api/portfolio/."""

from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from market_data.models import Instrument
from notifications.services import notify
from portfolio import ledger, queries
from portfolio.models import Account, Portfolio, PortfolioMember, Position, Watchlist

from .serializers import (
    AccountSerializer,
    AmountSerializer,
    CashMovementSerializer,
    MemberSerializer,
    PortfolioSerializer,
    PositionSerializer,
    TransferSerializer,
    WatchlistItemSerializer,
    WatchlistSerializer,
)

TOP_HOLDERS_MAX = 20


class PortfolioViewSet(viewsets.ModelViewSet):
    serializer_class = PortfolioSerializer
    lookup_field = "public_id"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self):
        rows = Portfolio.objects.visible_to(self.request.user).select_related("owner")
        return rows.prefetch_related("accounts__portfolio", "memberships__user").order_by("id")

    def perform_create(self, serializer):
        data = serializer.validated_data
        serializer.instance = ledger.open_portfolio(
            self.request.user, data["name"], data.get("base_currency", "USD")
        )

    def perform_update(self, serializer):
        self.require_owner(serializer.instance)
        serializer.save(updated_by=self.request.user)

    def perform_destroy(self, instance):
        """Portfolios are closed, not deleted, and only when nothing is left in them."""
        self.require_owner(instance)
        with transaction.atomic():
            accounts = Account.objects.select_for_update().filter(portfolio=instance)
            if any(account.cash or account.reserved for account in accounts):
                raise ValidationError({"detail": "The portfolio still holds cash."})
            if Position.objects.filter(account__portfolio=instance).exists():
                raise ValidationError({"detail": "The portfolio still holds positions."})
            instance.closed_at = timezone.now()
            instance.save(update_fields=["closed_at"])

    @action(detail=True, methods=["get", "post"])
    def members(self, request, public_id=None):
        portfolio = self.get_object()
        if request.method == "GET":
            rows = portfolio.memberships.select_related("user").order_by("id")
            return Response(MemberSerializer(rows, many=True).data)
        self.require_owner(portfolio)
        serializer = MemberSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        invited = serializer.validated_data["user"]
        with transaction.atomic():
            member, _ = PortfolioMember.objects.update_or_create(
                portfolio=portfolio,
                user=invited,
                defaults={
                    "role": serializer.validated_data.get("role", "viewer"),
                    "invited_by": request.user,
                },
            )
            notify(invited, "account", f"You can now see {portfolio.name}", target=portfolio)
        return Response(MemberSerializer(member).data, status=status.HTTP_201_CREATED)

    @action(detail=True)
    def performance(self, request, public_id=None):
        """Cash flow of trades per month, by raw SQL over cash_ledger and trading_execution."""
        accounts = self.get_object().accounts.order_by("id")
        months = {account.number: queries.realized_by_month(account) for account in accounts}
        return Response({"accounts": months})

    def require_owner(self, portfolio):
        if portfolio.owner_id != self.request.user.pk:
            raise PermissionDenied("Only the owner may do this.")


class AccountViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = AccountSerializer
    lookup_field = "number"

    def get_queryset(self):
        visible = Portfolio.objects.visible_to(self.request.user)
        rows = Account.objects.filter(portfolio__in=visible)
        return rows.select_related("portfolio").order_by("number")

    @action(detail=True, methods=["post"], url_path="deposit")
    def deposit(self, request, number=None):
        return self.change_cash(ledger.deposit)

    @action(detail=True, methods=["post"], url_path="withdraw")
    def withdraw(self, request, number=None):
        return self.change_cash(ledger.withdraw)

    @action(detail=True)
    def statement(self, request, number=None):
        rows = self.get_object().movements.select_related("execution__order")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(CashMovementSerializer(page, many=True).data)

    def change_cash(self, change):
        account = self.get_object()
        require_trader(self.request.user, account)
        serializer = AmountSerializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        try:
            movement = change(account, data["amount"], data["memo"])
        except ledger.InsufficientFunds as problem:
            raise ValidationError({"amount": [str(problem)]}) from problem
        return Response(CashMovementSerializer(movement).data, status=status.HTTP_201_CREATED)


class TransferView(APIView):
    def post(self, request):
        serializer = TransferSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        require_trader(request.user, data["source"])
        try:
            with transaction.atomic():
                source, target = ledger.transfer(
                    data["source"], data["target"], data["amount"], data["memo"]
                )
                owner = target.portfolio.owner
                notify(owner, "account", f"{data['amount']} received", target=target)
        except ledger.InsufficientFunds as problem:
            raise ValidationError({"amount": [str(problem)]}) from problem
        return Response({"source": source.number, "balance": str(source.cash)})


class PositionListView(ListAPIView):
    """Reads the database view, so one request joins portfolio with market data."""

    serializer_class = PositionSerializer
    filterset_fields = {"instrument__symbol": ["exact"], "account__number": ["exact"]}

    def get_queryset(self):
        mine = Q(account__portfolio__memberships__user=self.request.user)
        return Position.objects.filter(mine).select_related("account", "instrument")


class WatchlistViewSet(viewsets.ModelViewSet):
    serializer_class = WatchlistSerializer

    def get_queryset(self):
        rows = Watchlist.objects.filter(owner=self.request.user).order_by("id")
        return rows.prefetch_related(
            "items__instrument__exchange",
            "items__instrument__sector",
            "items__instrument__tags",
        )

    def perform_create(self, serializer):
        if Watchlist.objects.filter(
            owner=self.request.user, name=serializer.validated_data["name"]
        ).exists():
            raise ValidationError({"name": ["You have a watchlist of this name."]})
        serializer.save(owner=self.request.user)

    @action(detail=True, methods=["post"])
    def items(self, request, pk=None):
        watchlist = self.get_object()
        serializer = WatchlistItemSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        instrument = serializer.validated_data["instrument"]
        if watchlist.items.filter(instrument=instrument).exists():
            raise ValidationError({"symbol": ["Listed already."]})
        serializer.save(watchlist=watchlist)
        return Response(serializer.data, status=status.HTTP_201_CREATED)

    @action(
        detail=True,
        methods=["delete"],
        url_path=r"items/(?P<symbol>[A-Z0-9]+)",
        url_name="item",
    )
    def remove_item(self, request, pk=None, symbol=None):
        item = get_object_or_404(self.get_object().items, instrument__symbol=symbol)
        item.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


@api_view(["GET"])
def net_worth(request):
    return Response({"portfolios": queries.net_worth(request.user)})


@api_view(["GET"])
def top_holders(request, symbol):
    """Who holds most of an instrument; for staff."""
    if not request.user.is_staff:
        raise PermissionDenied()
    get_object_or_404(Instrument, symbol=symbol)
    return Response({"symbol": symbol, "holders": queries.top_holders(symbol, TOP_HOLDERS_MAX)})


def require_trader(user, account):
    if not Portfolio.objects.tradable_by(user).filter(pk=account.portfolio_id).exists():
        raise PermissionDenied("You may not trade in this portfolio.")
