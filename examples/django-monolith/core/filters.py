"""Filter backends shared by the list endpoints."""

from rest_framework.filters import OrderingFilter


class StableOrderingFilter(OrderingFilter):
    """Ordering by a column with ties would let a row appear on two pages: end with the view's
    own `ordering`, which is unique."""

    def get_ordering(self, request, queryset, view):
        chosen = list(super().get_ordering(request, queryset, view) or [])
        named = {term.lstrip("-") for term in chosen}
        last = [term for term in self.get_default_ordering(view) or [] if term not in named]
        return chosen + last
