"""How the shops' storefronts are read, tried out by the technical desk, and every probe that was made."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, BLUE, GREEN, RED, form_page
from catalog.admin.vocabulary import FormAdmin
from catalog.enums.quality import CheckedField, PageFormat, ProbeOutcome
from catalog.models import ProbeRun, Storefront, StorefrontItem
from catalog.queries.listings import revisions_for
from catalog.rules.quality.page import ProbeFailure
from catalog.services.quality import storefronts
from catalog.services.quality.storefronts import PARTS, Reading
from catalog.tasks.probes import try_storefront
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.shops.models import Shop

OUTCOME_COLOURS: dict[ProbeOutcome, str] = {
    ProbeOutcome.EQUAL: GREEN,
    ProbeOutcome.DIFFERENT: RED,
    ProbeOutcome.RUNNING: BLUE,
    **{one: AMBER for one in ProbeOutcome if one not in (ProbeOutcome.EQUAL, ProbeOutcome.DIFFERENT, ProbeOutcome.RUNNING)},
}
_PART_LABELS = {
    "category": _("Category"),
    "title": _("Title"),
    "sku": _("SKUs (one entry each)"),
    "sku_code": _("SKU code, within a SKU"),
    "price": _("Price, within a SKU"),
    "available": _("In stock, within a SKU"),
    "commitments": _("Service commitments"),
    "images": _("Images"),
}


class _ShopForm(CommandForm):
    shop = forms.TypedChoiceField(label=_("Shop"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shop = self.fields["shop"]
        assert isinstance(shop, forms.ChoiceField)
        shop.choices = [(row.pk, f"{row.code} {row.name}") for row in Shop.objects.order_by("code")]


class StorefrontForm(_ShopForm):
    """Where the pages are and where the facts stand on them."""

    address = forms.CharField(
        label=_("Address of a product page"),
        max_length=500,
        help_text=_("With {code} for the product's code, or {external_id} for its number on the platform."),
    )
    page_format = forms.ChoiceField(label=_("Format"), choices=PageFormat.choices)
    is_enabled = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in _PART_LABELS.items():
            self.fields[name] = forms.CharField(label=label, max_length=200, required=False)
            self._dress(self.fields[name])
        self.fields["category"].help_text = _(
            "JSON: a dotted path such as data.category. HTML: a CSS selector, “selector@attribute” for an attribute; "
            "empty: from the page's product data (JSON-LD)."
        )

    def reading(self) -> Reading:
        """The form as what the service takes."""
        data = self.cleaned_data
        parts = {name: data[name] for name in PARTS}
        return Reading(data["address"], PageFormat(data["page_format"]), parts, data["is_enabled"])


class TryForm(CommandForm):
    """Asks for a product that is live in the shop."""

    product_code = forms.CharField(label=_("Product code"), max_length=60)


@admin.register(Storefront)
class StorefrontAdmin(FormAdmin):
    """How a shop's storefront is read. SOP: C15"""

    subject_kind, shop_field = storefronts.SUBJECT, "shop"
    form_class, fixed = StorefrontForm, ("shop",)
    list_display = ("shop", "page_format", "is_enabled", "condition", "last_read_at")
    list_select_related = ("shop",)
    fields = ("shop", "address", "page_format", "places", "is_enabled", "condition", "failing_since", "last_read_at")

    @column(_("Condition"), colours={"failing": RED, "fine": GREEN})
    def condition(self, row: Storefront) -> Any:
        """Whether it could be read last time."""
        if row.failing_since:
            return "failing", _("Cannot be read")
        return ("fine", _("Can be read")) if row.last_read_at else None

    @admin.display(description=_("Where the facts stand"))
    def places(self, row: Storefront) -> str:
        return "; ".join(f"{_PART_LABELS.get(name, name)}: {path}" for name, path in row.parts.items())

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_view)
        return [path("<path:object_id>/try/", view, name="catalog_storefront_try"), *super().get_urls()]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context: dict[str, Any] = dict(ReadOnlyAdmin.page_context(self, request, obj))
        context |= super().page_context(request, obj)
        if context["commands"]:
            url = reverse("admin:catalog_storefront_try", args=[obj.pk])
            context["commands"].append({"name": "try", "label": _("Try it"), "danger": False, "url": url})
        return context

    def values(self, row: Storefront) -> dict[str, Any]:
        names = ("address", "page_format", "is_enabled")
        return {name: getattr(row, name) for name in names} | {"shop": row.shop_id, **row.parts}

    def keep(self, row: Storefront | None, form: StorefrontForm, actor: Actor) -> Storefront:
        shop_id = row.shop_id if row else form.cleaned_data["shop"]
        return storefronts.set_storefront(shop_id=shop_id, reading=form.reading(), actor=actor, now=clock.now())

    def try_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Read one page now and show what was understood of it."""
        row, actor = self.get_object(request, object_id), actor_of(request)
        if row is None:
            raise Http404
        if not actor.can("catalog.change_storefront"):
            raise PermissionDenied
        form, answer = TryForm(posted(request)), None
        if request.method == "POST" and form.is_valid():
            try:
                answer = try_storefront(storefront_id=row.pk, **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
        failed = isinstance(answer, ProbeFailure)
        reason = ProbeOutcome(answer.reason).label if isinstance(answer, ProbeFailure) else ""
        return form_page(
            self,
            request,
            form,
            title=_("Try it"),
            label=_("Read the page"),
            original=row,
            template="catalog/quality/try.html",
            answer=answer,
            failed=failed,
            reason=reason,
        )


class StorefrontItemForm(_ShopForm):
    """Asks which number a product has on a platform."""

    product = forms.CharField(label=_("Product code"), max_length=60)
    external_id = forms.RegexField(r"^[\w.-]+$", label=_("Number on the platform"), max_length=64)
    field_order = ("product", "shop", "external_id")


@admin.register(StorefrontItem)
class StorefrontItemAdmin(FormAdmin):
    """The platforms' own numbers of products. SOP: C15"""

    shop_field = "shop"
    form_class, fixed = StorefrontItemForm, ("product", "shop")
    list_display = ("product", "shop", "external_id")
    list_select_related = ("product", "shop")
    search_fields = ("product__code__startswith", "external_id__startswith")
    fields = list_display

    def values(self, row: StorefrontItem) -> dict[str, Any]:
        return {"product": row.product.code, "shop": row.shop_id, "external_id": row.external_id}

    def keep(self, row: StorefrontItem | None, form: StorefrontItemForm, actor: Actor) -> StorefrontItem:
        data = form.cleaned_data
        return storefronts.set_external_id(
            product_code=data["product"], shop_id=data["shop"], external_id=data["external_id"], actor=actor, now=clock.now()
        )


@admin.register(ProbeRun)
class ProbeRunAdmin(ReadOnlyAdmin):
    """Every page that was read, with what it said. SOP: C15, C18"""

    list_display = ("revision", "storefront", "purpose", "result", "started_at", "milliseconds", "size")
    list_select_related = ("revision__product", "storefront__shop")
    list_filter = ("outcome", "purpose")
    search_fields = ("revision__product__code__startswith",)
    fields = ("revision", "storefront", "purpose", "result", "address", "started_at", "milliseconds", "size", "excerpt")
    change_form_outer_before_template: Any = "catalog/quality/differences.html"
    change_form_outer_after_template: Any = None

    @column(_("outcome"), colours=OUTCOME_COLOURS)
    def result(self, row: ProbeRun) -> Any:
        return row.outcome, ProbeOutcome(row.outcome).label

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: ProbeRun) -> dict[str, Any]:
        return {"differences": differences_of(obj.differences)}


def differences_of(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Differences with the names of their fields."""
    labels = {field.value: field.label for field in CheckedField}
    return [row | {"label": labels.get(row["field"], row["field"])} for row in rows]
