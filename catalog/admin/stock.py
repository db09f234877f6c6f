"""Stock balances and their ledger."""

from django.contrib import admin

from catalog.models import StockItem, StockMovement
from opsdesk.doors.admin.records import ReadOnlyAdmin


@admin.register(StockItem)
class StockItemAdmin(ReadOnlyAdmin):
    list_display = ("sku", "warehouse", "on_hand", "reserved", "available")
    list_select_related = ("sku", "warehouse")
    list_filter = ("warehouse",)
    search_fields = ("sku__code__startswith",)
    fields = ("sku", "warehouse", "on_hand", "reserved", "available")


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    list_display = ("at", "sku", "warehouse", "delta", "reason", "ref", "actor_label")
    list_select_related = ("sku", "warehouse")
    list_filter = ("reason", "warehouse")
    search_fields = ("sku__code__startswith", "ref__startswith")
    fields = list_display
