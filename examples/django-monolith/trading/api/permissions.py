"""Who may use the trading API."""

from rest_framework.permissions import BasePermission


class IsTrader(BasePermission):
    message = "Your account is not enabled for trading."

    def has_permission(self, request, view):
        user = request.user
        return bool(user and user.is_authenticated and user.is_trader)


class IsCompliance(BasePermission):
    """Staff, or a member of the group made by migration accounts 0003."""

    def has_permission(self, request, view):
        user = request.user
        if not user.is_authenticated:
            return False
        return user.is_staff or user.groups.filter(name="Compliance").exists()
