"""HTML pages under /trading/."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import DetailView, FormView, ListView

from portfolio.models import Portfolio
from trading import services
from trading.forms import OrderTicketForm
from trading.models import Order
from trading.pricing import NoPrice

EXPORT_ROWS_MAX = 5000


class OrderListPage(LoginRequiredMixin, ListView):
    template_name = "trading/orders.html"
    paginate_by = 20

    def get_queryset(self):
        return Order.objects.visible_to(self.request.user).with_names()


class OrderPage(LoginRequiredMixin, DetailView):
    template_name = "trading/order.html"
    context_object_name = "order"
    slug_field = "public_id"
    slug_url_kwarg = "public_id"

    def get_queryset(self):
        return Order.objects.visible_to(self.request.user).with_names()


class OrderTicketView(LoginRequiredMixin, UserPassesTestMixin, FormView):
    template_name = "trading/ticket.html"
    form_class = OrderTicketForm

    def test_func(self):
        return self.request.user.is_trader

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        return {"instrument": self.request.GET.get("symbol"), "side": Order.Side.BUY}

    def form_valid(self, form):
        terms = dict(form.cleaned_data)
        account, instrument = terms.pop("account"), terms.pop("instrument")
        try:
            self.order = services.place_order(self.request.user, account, instrument, terms)
        except (services.OrderRejected, NoPrice) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        messages.success(self.request, f"Order {self.order.status}.")
        return redirect("trading:order", public_id=self.order.public_id)


@login_required
@require_POST
def cancel(request, public_id):
    mine = Portfolio.objects.tradable_by(request.user)
    order = get_object_or_404(Order, public_id=public_id, account__portfolio__in=mine)
    try:
        services.cancel_order(order, request.user)
        messages.info(request, "Order cancelled.")
    except services.OrderRejected as problem:
        messages.error(request, str(problem))
    return redirect("trading:order", public_id=public_id)


@login_required
@require_http_methods(["GET"])
def export_csv(request):
    response = HttpResponse(content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="orders.csv"'
    writer = csv.writer(response)
    writer.writerow(["placed_at", "symbol", "side", "quantity", "status"])
    rows = Order.objects.visible_to(request.user).with_names()[:EXPORT_ROWS_MAX]
    for order in rows:
        writer.writerow(
            [
                order.placed_at.isoformat(),
                order.instrument.symbol,
                order.side,
                order.quantity,
                order.status,
            ]
        )
    return response
