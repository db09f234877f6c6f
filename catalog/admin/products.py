"""Products and SKUs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from catalog.models import Product, Sku
from catalog.queries.entry.vocabulary import read_labels
from catalog.queries.listings import tagged
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


class TagFilter(admin.SimpleListFilter):
    """Products by a tag of their shown listing. SOP: C8"""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(label, label) for label in read_labels().tags.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        tag = self.value()
        return tagged(queryset, tag) if tag else queryset


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    subject_kind = "product"
    list_display = ("code", "title", "category", "status")
    list_filter = ("status", TagFilter)
    list_select_related = ("category",)
    search_fields = ("code__startswith", "title__icontains", "skus__code__startswith")
    inlines = (SkuInline,)
    fields = ("code", "title", "category", "status", "live_revision", "latest_revision")
