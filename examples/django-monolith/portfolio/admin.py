"""Admin pages of portfolio."""

from django.contrib import admin

from portfolio import models


class PortfolioMemberInline(admin.TabularInline):
    model = models.PortfolioMember
    extra = 0
    raw_id_fields = ["user", "invited_by"]


class AccountInline(admin.TabularInline):
    model = models.Account
    extra = 0
    readonly_fields = ["cash", "reserved"]


@admin.register(models.Portfolio)
class PortfolioAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "base_currency", "closed_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username", "accounts__number"]
    raw_id_fields = ["owner"]
    inlines = [PortfolioMemberInline, AccountInline]


@admin.register(models.CashMovement)
class CashMovementAdmin(admin.ModelAdmin):
    list_display = ["account", "kind", "amount", "balance_after", "booked_at"]
    list_filter = ["kind"]
    search_fields = ["account__number", "execution__order__instrument__symbol"]
    raw_id_fields = ["account", "execution"]


admin.site.register(models.AccountStatementReconciliationDiscrepancyInvestigation)
