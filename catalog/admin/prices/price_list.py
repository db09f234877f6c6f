"""The price list: every SKU with its prices, what it earns, and how its prices went. SOP: C10"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.admin.prices.tables import sparkline
from catalog.models import PricedSku
from catalog.queries.prices.facts import price_list, prices_of, target_margins
from catalog.queries.selection.offers import offer_of, with_offers
from catalog.rules.pricing import margin_percent
from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import ReadOnlyAdmin

SHOWN = 200
_SECRET = ("cost", "margin", "target")


@admin.register(PricedSku)
class PricedSkuAdmin(ReadOnlyAdmin):
    """Cost, margin and target only for those who may see costs."""

    list_display = (
        "code",
        "product",
        "price",
        "discount_price",
        "member_price",
        "competitor",
        "cost",
        "margin",
        "target",
        "is_listed",
    )
    list_select_related = ("product__category__parent__parent", "product__live_revision")
    list_filter = ("is_listed",)
    search_fields = ("code__startswith",)
    keyset = ("code",)
    fields = ("code", "product", "price", "discount_price", "member_price", "competitor", "cost", "margin", "target")
    change_form_outer_before_template: Any = "catalog/prices/history.html"
    subject_kind = ""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.view_sku")  # type: ignore[union-attr]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_offers(super().get_queryset(request).filter(pk__in=price_list(actor_of(request)).values("pk")))

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._allowed(request, self.list_display)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self._allowed(request, self.fields)

    @column(_("competitor price"))
    def competitor(self, obj: PricedSku) -> str | None:
        offer = offer_of(obj, obj)
        return render_to_string("catalog/prices/offer.html", {"offer": offer}) if offer else None

    @column(_("margin"), colours={True: "red", False: "green"})
    def margin(self, obj: PricedSku) -> tuple[bool, str] | None:
        prices = prices_of(obj)
        if prices.cost is None or prices.lowest <= 0:
            return None
        margin = margin_percent(price=prices.lowest, cost=prices.cost)
        return margin < self._target(obj), f"{margin:.1f} %"

    @column(_("target margin"))
    def target(self, obj: PricedSku) -> str:
        return f"{self._target(obj)} %"

    def page_context(self, request: HttpRequest, obj: PricedSku) -> dict[str, Any]:
        rows = list(obj.price_history.order_by("-valid_from", "-id")[:SHOWN])
        actor, commands = actor_of(request), []
        if actor.can("catalog.add_pricechange"):
            url = reverse("admin:catalog_pricechange_add") + f"?skus={obj.code}"
            commands.append({"name": "change", "label": _("Change the price"), "danger": False, "url": url})
        return super().page_context(request, obj) | {
            "commands": commands,
            "rows": rows,
            "spark": sparkline(rows, clock.now()),
            "sees_costs": actor.can("catalog.view_cost"),
        }

    @staticmethod
    def _target(obj: PricedSku) -> int:
        """From the category that was read along; the general one where no category names a target."""
        category = obj.product.category
        while category is not None and category.target_margin is None:
            category = category.parent
        return target_margins([])[None] if category is None or category.target_margin is None else category.target_margin

    @staticmethod
    def _allowed(request: HttpRequest, names: Any) -> list[str]:
        return [name for name in names if name not in _SECRET or actor_of(request).can("catalog.view_cost")]
