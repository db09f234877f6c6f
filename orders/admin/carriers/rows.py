"""Where carriers deliver and what they take: imported, and written row by row."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command
from opsdesk.duties.definitions import SHOP_TIME
from orders.admin.carriers.asking import AskingAdmin
from orders.admin.carriers.forms import EndForm, NewPriceForm, PriceForm, RegionForm, ServedForm
from orders.models import CarrierCoverage, CarrierPrice
from orders.rules.carriers.choices import ACTIVE, PRICE_STEPS, REGION_STEPS, standing
from orders.services.carriers import table_rows
from orders.services.carriers.tables import PERMISSION

REMOVE = Command(label=_("Remove the region"), run=table_rows.remove_region, danger=True)


class TableAdmin(AskingAdmin):
    """A table that comes from files and is put right by hand; it names the import that fills it."""

    list_before_template: Any = "orders/carriers/table_top.html"
    state_field = "standing"
    importer = ""
    adding: Command
    list_select_related = ("carrier",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_view)
        return [path("do/add/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_new"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {
            "importer": self.importer,
            "may_import": actor_of(request).can(PERMISSION),
            "add_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_new"),
            "add_label": self.adding.label,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Add a row. SOP: O11"""
        return self.ask(request, self.adding, PERMISSION)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.standing = self.standing_of(row)
        return row

    def standing_of(self, row: Any) -> str:
        """Whether the row may still be changed."""
        return ACTIVE

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """A form opens with what is written down."""
        return filled(command.form, obj)


def filled(form: type[CommandForm], row: Any) -> type[CommandForm]:
    """The form, beginning with the row's columns."""
    columns = {name: getattr(row, name) for name in form.base_fields}
    initial = {name: "、".join(found) if isinstance(found, list) else found for name, found in columns.items()}

    class Filled(form):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, initial=initial, **kwargs)

    return Filled


@admin.register(CarrierCoverage)
class CarrierCoverageAdmin(TableAdmin):
    """SOP: O11"""

    importer = "orders.carrier_coverage"
    subject_argument = "region_id"
    lifecycle = REGION_STEPS
    commands = {"change": Command(label=_("Change the region"), run=table_rows.change_region, form=ServedForm)}
    adding = Command(label=_("Add a region"), run=table_rows.add_region, form=RegionForm)
    list_display = ("carrier", "place", "province", "city", "district", "served")
    list_display_links = ("place",)
    list_filter = ("carrier", "served")
    search_fields = ("province__startswith",)
    fields = (("carrier", "served"), ("province", "city", "district"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.remove_view)
        return [path("<path:object_id>/remove/", view, name="orders_carriercoverage_remove"), *super().get_urls()]

    def remove_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say nothing of the region any more. SOP: O11"""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return self.ask(request, REMOVE, PERMISSION, row=row, arguments={"region_id": row.pk})

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        shown = super().buttons(obj, actor)
        if actor.can(PERMISSION):
            url = reverse("admin:orders_carriercoverage_remove", args=[obj.pk])
            shown.append({"name": "remove", "label": REMOVE.label, "danger": True, "url": url})
        return shown

    @column(_("region"))
    def place(self, row: CarrierCoverage) -> Any:
        return "".join([row.province, row.city, row.district]) or _("The whole country")


@admin.register(CarrierPrice)
class CarrierPriceAdmin(TableAdmin):
    """SOP: O11"""

    importer = "orders.carrier_prices"
    subject_argument = "price_id"
    lifecycle = PRICE_STEPS
    commands = {
        "change": Command(label=_("Change the price"), run=table_rows.change_price, form=PriceForm),
        "end": Command(label=_("Let the price end"), run=table_rows.end_price, form=EndForm, danger=True),
    }
    adding = Command(label=_("Add a price"), run=table_rows.add_price, form=NewPriceForm)
    list_display = (
        *("carrier", "zone", "shown_provinces", "valid_from", "valid_until"),
        *("first_grams", "first_price", "step_grams", "step_price"),
    )
    list_display_links = ("zone",)
    list_filter = ("carrier",)
    fields = (
        ("carrier", "zone", "shown_provinces"),
        ("valid_from", "valid_until"),
        ("first_grams", "first_price"),
        ("step_grams", "step_price"),
    )
    readonly_fields = ("shown_provinces",)

    def standing_of(self, row: CarrierPrice) -> str:
        return standing(row.valid_until, clock.now().astimezone(SHOP_TIME).date())

    @column(_("provinces"))
    def shown_provinces(self, row: CarrierPrice) -> Any:
        return "、".join(row.provinces) or _("all others")
