"""Endpoints under /api/auth/."""

from django.db import transaction
from django.db.models import Count, Q
from rest_framework import generics, mixins, status, viewsets
from rest_framework.authtoken.models import Token
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.decorators import action, api_view
from rest_framework.permissions import IsAdminUser
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework_simplejwt.views import TokenObtainPairView

from authentication.models import LoginEvent, User
from trading.models import Order

from .serializers import (
    LoginEventSerializer,
    MeSerializer,
    RecordingTokenSerializer,
    UserSerializer,
)


class TokenLoginView(ObtainAuthToken):
    """Username and password for the user's DRF token."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "login"

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        token = Token.objects.select_related("user").get(key=response.data["token"])
        LoginEvent.objects.create(
            user=token.user,
            username=token.user.username,
            method=LoginEvent.Method.TOKEN,
            succeeded=True,
        )
        return response


class JwtLoginView(TokenObtainPairView):
    serializer_class = RecordingTokenSerializer
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "login"


@api_view(["POST"])
def token_logout(request):
    """Forgets the DRF token of the caller."""
    deleted, _ = Token.objects.filter(user=request.user).delete()
    return Response({"deleted": deleted}, status=status.HTTP_200_OK)


class MeView(generics.RetrieveUpdateAPIView):
    serializer_class = MeSerializer

    def get_object(self):
        return self.request.user

    @transaction.atomic
    def perform_update(self, serializer):
        serializer.save()


class LoginEventListView(generics.ListAPIView):
    serializer_class = LoginEventSerializer
    filterset_fields = ["method", "succeeded"]

    def get_queryset(self):
        return LoginEvent.objects.filter(user=self.request.user)


class UserViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """For staff only."""

    permission_classes = [IsAdminUser]
    serializer_class = UserSerializer
    queryset = User.objects.select_related("last_seen").order_by("id")
    lookup_field = "username"
    filterset_fields = ["is_active", "is_trader"]

    @action(detail=True)
    def activity(self, request, username=None):
        """Counts of what a user did, over tables of three other apps."""
        user = User.objects.annotate(
            orders_total=Count("orders", distinct=True),
            orders_open=Count("orders", filter=Q(orders__status="new"), distinct=True),
            portfolios_total=Count("memberships", distinct=True),
            unread=Count(
                "notifications", filter=Q(notifications__read_at__isnull=True), distinct=True
            ),
        ).get(pk=self.get_object().pk)
        return Response(
            {
                "username": user.username,
                "orders": user.orders_total,
                "open_orders": user.orders_open,
                "portfolios": user.portfolios_total,
                "unread_notifications": user.unread,
            }
        )

    @action(detail=True, methods=["post"])
    @transaction.atomic
    def deactivate(self, request, username=None):
        """Locks a user out; their open orders are cancelled in the same transaction."""
        from trading.services import cancel_orders

        user = self.get_object()
        user.is_active = False
        user.save(update_fields=["is_active"])
        Token.objects.filter(user=user).delete()
        open_orders = Order.objects.open().filter(placed_by=user)
        cancelled = cancel_orders(open_orders, request.user, reason="user deactivated")
        return Response({"username": user.username, "cancelled_orders": cancelled})
