"""Products and SKUs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from catalog.admin.stock import KeptAdmin
from catalog.models import Product, SelectionLine, Sku
from catalog.queries.entry.vocabulary import read_labels
from catalog.queries.listings import tagged
from catalog.rules.content import in_words
from catalog.rules.delisting.lifecycle import PRODUCT_STEPS
from catalog.services.delisting.proposals import discontinue
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command


class SkuInline(TabularInline):
    model = Sku
    fields = ("code", "barcode", "choice", "price", "discount_price", "member_price", "alert_threshold")
    readonly_fields = fields
    extra = 0
    can_delete = False

    @column(_("options"))
    def choice(self, sku: Sku) -> str:
        return in_words(sku.options)

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
class ProductAdmin(KeptAdmin):
    subject_kind = "product"
    subject_argument = "product_id"
    lifecycle = PRODUCT_STEPS
    commands = {"discontinue": Command(_("Mark as discontinued"), discontinue, ReasonForm, danger=True)}
    list_display = ("code", "title", "category", "status")
    list_filter = ("status", TagFilter)
    list_select_related = ("category",)
    search_fields = ("code__startswith", "title__icontains", "skus__code__startswith")
    inlines = (SkuInline,)
    fields = ("code", "title", "category", "status", "discontinued_at", "live_revision", "latest_revision", "selected_as")
    readonly_fields = ("selected_as",)

    @admin.display(description=_("Selection line"))
    def selected_as(self, obj: Product) -> str:
        """The idea on a selection list that the product was made from. SOP: C1"""
        line = SelectionLine.objects.filter(product=obj).select_related("selection").first()
        if line is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("admin:catalog_selectionline_change", args=[line.pk]), line)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and before them the comparison of its revisions. SOP: C21"""
        found = super().buttons(obj, actor)
        if obj.latest_revision_id and actor.can("catalog.view_listingrevision"):
            url = reverse("admin:catalog_listingrevision_compare", args=[obj.pk])
            found.insert(0, {"name": "compare", "label": _("Compare revisions"), "danger": False, "url": url})
        return found
