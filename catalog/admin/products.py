"""Products and SKUs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from catalog.models import Product, Sku
from opsdesk.doors.admin.records import ReadOnlyAdmin


class SkuInline(TabularInline):
    model = Sku
    fields = ("code", "barcode", "options", "price", "discount_price", "member_price", "alert_threshold")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    subject_kind = "product"
    list_display = ("code", "title", "category", "status")
    list_filter = ("status",)
    list_select_related = ("category",)
    search_fields = ("code__startswith", "title__icontains", "skus__code__startswith")
    inlines = (SkuInline,)
    fields = ("code", "title", "category", "status", "live_revision", "latest_revision")
