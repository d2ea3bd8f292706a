"""HTML pages under /portfolio/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, DetailView, FormView, TemplateView

from portfolio import ledger, queries
from portfolio.forms import CashForm, WatchlistForm
from portfolio.models import Account, Portfolio, Position, Watchlist
from trading.models import Order


@require_http_methods(["GET", "HEAD"])
def home(request):
    return redirect("portfolio:dashboard" if request.user.is_authenticated else "markets:list")


class DashboardView(LoginRequiredMixin, TemplateView):
    """Net worth, open orders and watchlists on one page."""

    template_name = "portfolio/dashboard.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        watchlists = Watchlist.objects.filter(owner=user)
        return super().get_context_data(
            portfolios=Portfolio.objects.visible_to(user).prefetch_related("accounts"),
            net_worth=queries.net_worth(user),
            orders=Order.objects.visible_to(user).open().with_names()[:10],
            watchlists=watchlists.prefetch_related("items__instrument__quote"),
            **kwargs,
        )


class AccountPage(LoginRequiredMixin, DetailView):
    template_name = "portfolio/account.html"
    slug_field = "number"
    slug_url_kwarg = "number"
    context_object_name = "account"

    def get_queryset(self):
        return Account.objects.filter(portfolio__memberships__user=self.request.user)

    def get_context_data(self, **kwargs):
        positions = Position.objects.filter(account=self.object).select_related("instrument")
        return super().get_context_data(
            positions=positions, movements=self.object.movements.all()[:20], **kwargs
        )


class CashView(LoginRequiredMixin, FormView):
    template_name = "portfolio/cash.html"
    form_class = CashForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            mine = Portfolio.objects.tradable_by(request.user)
            self.account = get_object_or_404(
                Account, number=kwargs["number"], portfolio__in=mine
            )
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        change = {"deposit": ledger.deposit, "withdraw": ledger.withdraw}[data["direction"]]
        try:
            change(self.account, data["amount"], data["memo"])
        except ledger.InsufficientFunds as problem:
            form.add_error("amount", str(problem))
            return self.form_invalid(form)
        messages.success(self.request, "Booked.")
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("portfolio:account", kwargs={"number": self.account.number})


class WatchlistCreateView(LoginRequiredMixin, CreateView):
    template_name = "portfolio/watchlist_form.html"
    form_class = WatchlistForm

    def form_valid(self, form):
        if Watchlist.objects.filter(
            owner=self.request.user, name=form.cleaned_data["name"]
        ).exists():
            form.add_error("name", "You have a watchlist of this name.")
            return self.form_invalid(form)
        form.instance.owner = self.request.user
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("portfolio:dashboard")


@login_required
@require_http_methods(["POST"])
def delete_watchlist(request, pk):
    get_object_or_404(Watchlist, pk=pk, owner=request.user).delete()
    messages.info(request, "Watchlist deleted.")
    return redirect("portfolio:dashboard")
