"""Endpoints under /api/trading/."""

import django_filters
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from rest_framework import generics, mixins, status, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from portfolio.models import Portfolio
from trading import queries, services
from trading.models import AlgoOrder, Execution, Order, RiskLimit
from trading.pricing import NoPrice

from .permissions import IsCompliance, IsTrader
from .serializers import (
    AlgoOrderSerializer,
    AmendOrderSerializer,
    ExecutionSerializer,
    OrderDetailSerializer,
    OrderSerializer,
    PlaceAlgoOrderSerializer,
    PlaceOrderSerializer,
    RiskLimitSerializer,
)

BLOTTER_ROWS_MAX = 200


class WriteThrottle(ScopedRateThrottle):
    """Counts the requests that place or change orders, not the ones that look at them."""

    def allow_request(self, request, view):
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return True
        return super().allow_request(request, view)


class OrderFilter(django_filters.FilterSet):
    symbol = django_filters.CharFilter(field_name="instrument__symbol")
    account = django_filters.CharFilter(field_name="account__number")

    class Meta:
        model = Order
        fields = ["status", "side", "order_type"]


class OrderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [IsTrader]
    throttle_classes = [WriteThrottle]
    throttle_scope = "orders"
    lookup_field = "public_id"
    lookup_value_regex = "[0-9a-f-]{36}"
    filterset_class = OrderFilter

    def get_queryset(self):
        rows = Order.objects.visible_to(self.request.user).with_names()
        rows = rows.select_related("parent")
        if self.action == "retrieve":
            rows = rows.prefetch_related("executions__order__instrument", "events__actor")
        return rows

    def get_serializer_class(self):
        return OrderDetailSerializer if self.action == "retrieve" else OrderSerializer

    def create(self, request):
        serializer = PlaceOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        terms = dict(serializer.validated_data)
        account, instrument = terms.pop("account"), terms.pop("instrument")
        require_trader(request.user, account)
        reference = terms["client_reference"]
        if reference:
            known = Order.objects.filter(account=account, client_reference=reference).first()
            if known is not None:
                return Response(OrderSerializer(known).data, status=status.HTTP_200_OK)
        order = attempt(services.place_order, request.user, account, instrument, terms)
        return Response(OrderSerializer(order).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def cancel(self, request, public_id=None):
        order = self.get_object()
        require_trader(request.user, order.account)
        order = attempt(services.cancel_order, order, request.user)
        return Response(OrderSerializer(order).data)

    @action(detail=True, methods=["post"])
    def amend(self, request, public_id=None):
        order = self.get_object()
        require_trader(request.user, order.account)
        serializer = AmendOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        order = attempt(services.amend_order, order, request.user, serializer.validated_data)
        return Response(OrderSerializer(order).data, status=status.HTTP_201_CREATED)

    @action(detail=False, methods=["post"], url_path="cancel-all", url_name="cancel-all")
    @transaction.atomic
    def cancel_all(self, request):
        """All or nothing: one transaction over every open order of the user."""
        orders = Order.objects.open().filter(placed_by=request.user)
        cancelled = services.cancel_orders(orders, request.user, reason="cancel all")
        return Response({"cancelled": cancelled})


class AlgoOrderViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    permission_classes = [IsTrader]
    serializer_class = AlgoOrderSerializer
    lookup_field = "public_id"

    def get_queryset(self):
        rows = AlgoOrder.objects.filter(placed_by=self.request.user)
        return rows.select_related("account", "instrument", "placed_by", "parent")

    def create(self, request):
        serializer = PlaceAlgoOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        account, instrument = data.pop("account"), data.pop("instrument")
        require_trader(request.user, account)
        strategy, slices = data.pop("strategy"), data.pop("slices")
        terms = {**data, "order_type": Order.Type.MARKET}
        algo = services.place_algo_order(
            request.user, account, instrument, terms, strategy, slices
        )
        return Response(AlgoOrderSerializer(algo).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def advance(self, request, public_id=None):
        algo, child = attempt(services.advance_algo_order, self.get_object(), request.user)
        return Response(
            {"algo": AlgoOrderSerializer(algo).data, "child": OrderSerializer(child).data}
        )


class ExecutionListView(generics.ListAPIView):
    serializer_class = ExecutionSerializer
    filterset_fields = {"order__instrument__symbol": ["exact"], "executed_at": ["gte", "lt"]}

    def get_queryset(self):
        mine = Execution.objects.filter(
            order__account__portfolio__memberships__user=self.request.user
        )
        return mine.select_related("order__instrument")


class RiskLimitView(generics.RetrieveAPIView):
    """A GET that may write: the limits of a user are made when first asked for."""

    serializer_class = RiskLimitSerializer

    def get_object(self):
        limit, _ = RiskLimit.objects.get_or_create(user=self.request.user)
        return limit


class BlotterView(APIView):
    permission_classes = [IsCompliance]

    def get(self, request):
        return Response({"orders": queries.blotter(BLOTTER_ROWS_MAX)})


@api_view(["GET"])
@permission_classes([IsCompliance])
def turnover(request):
    return Response({"exchanges": queries.turnover_by_exchange()})


@api_view(["GET"])
def daily_fills(request):
    """Own executions per day."""
    rows = (
        Execution.objects.filter(order__placed_by=request.user)
        .annotate(day=TruncDate("executed_at"))
        .values("day")
        .annotate(fills=Count("id"), gross=Sum("gross"), fees=Sum("fee"))
        .order_by("day")
    )
    return Response(
        [{**row, "gross": f"{row['gross']:.2f}", "fees": f"{row['fees']:.2f}"} for row in rows]
    )


def require_trader(user, account):
    if not Portfolio.objects.tradable_by(user).filter(pk=account.portfolio_id).exists():
        raise PermissionDenied("You may not trade in this portfolio.")


def attempt(call, *args):
    """A broken rule becomes a 409, with the rule as its text."""
    try:
        return call(*args)
    except (services.OrderRejected, NoPrice) as problem:
        raise Conflict({"detail": str(problem)}) from problem
    except IntegrityError as problem:
        raise Conflict({"detail": "another request was first"}) from problem


class Conflict(ValidationError):
    status_code = status.HTTP_409_CONFLICT
