"""Admin pages of market data."""

from django.contrib import admin

from market_data import models


class CorporateActionInline(admin.TabularInline):
    model = models.CorporateAction
    extra = 0


@admin.register(models.Instrument)
class InstrumentAdmin(admin.ModelAdmin):
    list_display = ["symbol", "name", "kind", "exchange", "is_halted"]
    list_filter = ["kind", "exchange__country", "is_halted"]
    search_fields = ["symbol", "name"]
    filter_horizontal = ["tags"]
    inlines = [CorporateActionInline]


@admin.register(models.Equity)
class EquityAdmin(InstrumentAdmin):
    list_display = ["symbol", "isin", "shares_outstanding"]


@admin.register(models.Exchange)
class ExchangeAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "country", "currency"]


admin.site.register(models.Sector)
admin.site.register(models.InstrumentTag)
