"""Admin pages of trading."""

from django.contrib import admin

from trading import models


class ExecutionInline(admin.TabularInline):
    model = models.Execution
    extra = 0
    can_delete = False


class OrderEventInline(admin.TabularInline):
    model = models.OrderEvent
    extra = 0
    can_delete = False


@admin.register(models.Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["public_id", "instrument", "side", "quantity", "status", "placed_by"]
    list_filter = ["status", "side", "instrument__kind"]
    list_select_related = ["instrument", "placed_by"]
    search_fields = ["instrument__symbol", "placed_by__username", "account__number"]
    raw_id_fields = ["account", "instrument", "placed_by", "parent"]
    inlines = [ExecutionInline, OrderEventInline]


@admin.register(models.OpenOrder)
class OpenOrderAdmin(OrderAdmin):
    list_filter = ["side"]


@admin.register(models.RiskLimit)
class RiskLimitAdmin(admin.ModelAdmin):
    list_display = ["user", "max_notional", "max_open_orders"]
    autocomplete_fields = ["user"]
