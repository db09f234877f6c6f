"""Tables by which platforms learn tracking numbers, in the browser. SOP: O12"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Lifecycle
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import XLSX_TYPE
from orders.admin.finance.base import FinancePages
from orders.enums.platforms import Layout
from orders.models import CarrierName, ShippingExport
from orders.queries.carriers.choices import carriers_in_use
from orders.queries.platforms import exports as queries
from orders.rules.platforms.shipping import EXPORT_STEPS
from orders.services.platforms import exporting
from orders.services.platforms.tables import download


class ShopForm(CommandForm):
    """Whose platform is told."""

    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int)


@admin.register(ShippingExport)
class ShippingExportAdmin(FinancePages):
    """SOP: O12"""

    subject_kind = exporting.KIND
    shop_field = "shop"
    subject_argument = "export_id"
    lifecycle = EXPORT_STEPS
    commands = {"again": Command(label=_("Make it again"), run=exporting.export_again, form=ReasonForm)}
    keyset = ("-id",)
    list_display = ("made_at", "shop", "layout", "rows", "repeated", "made_by")
    list_select_related = ("shop",)
    list_filter = ("shop", "layout")
    fields = (("shop", "layout", "rows"), ("made_at", "made_by"), ("again", "reason"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("new/", view(self.new_view), name="orders_shippingexport_new"),
            path("<int:key>/file/", view(self.file_view), name="orders_shippingexport_file"),
            *super().get_urls(),
        ]

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("new", _("Export tracking numbers"))] if actor.can(exporting.PERMISSION) else []

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """A table has no states; whoever may make one takes it away."""
        obj.status = ""
        found = super().buttons(obj, actor)
        return [self.link("file", _("Download the table"), obj.pk), *found] if found else []

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Make a table of all parcels of a shop that its platform has not been told of."""
        actor = actor_of(request)
        if not actor.can(exporting.PERMISSION):
            raise PermissionDenied
        return self.ask(request, _form_for(actor), exporting.export_shipping, gettext("Export tracking numbers"))

    def file_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The table in the platform's own layout."""
        export = self.seen(request, str(key))
        if not actor_of(request).can(exporting.PERMISSION):
            raise PermissionDenied
        name, content = download(export_id=export.pk, actor=actor_of(request), now=clock.now())
        response = HttpResponse(content, content_type=XLSX_TYPE if name.endswith("xlsx") else "text/csv")
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @column(_("repeated"), colours={"again": "amber", "first": "grey"})
    def repeated(self, row: ShippingExport) -> tuple[str, str]:
        return ("again", pgettext("table", "Repeated")) if row.again else ("first", pgettext("table", "First"))


def _form_for(actor: Actor) -> type[ShopForm]:
    """The form with the actor's shops, and how many parcels wait in each."""
    now = clock.now()
    shops = queries.shops_with_table(actor)
    counts = {shop.pk: queries.waiting(shop.pk, now).count() for shop in shops}

    class Form(ShopForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            names = [
                (shop.pk, gettext("%(shop)s: %(count)s parcels") % {"shop": shop, "count": counts[shop.pk]}) for shop in shops
            ]
            self.fields["shop_id"].choices = names  # type: ignore[attr-defined]

    return Form


class NameForm(CommandForm):
    """What a platform calls a carrier."""

    layout = forms.ChoiceField(label=_("Platform"), choices=Layout.choices)
    carrier = forms.ChoiceField(label=_("Carrier"), choices=carriers_in_use)
    name = forms.CharField(label=_("Name there"), max_length=40)


@admin.register(CarrierName)
class CarrierNameAdmin(FinancePages):
    """SOP: O12"""

    subject_kind = exporting.NAME
    lifecycle, commands = Lifecycle(), {}
    list_display = ("layout", "carrier", "name")
    list_select_related = ("carrier",)
    list_filter = ("layout",)
    fields = (("layout", "carrier", "name"),)

    def get_urls(self) -> list[URLPattern]:
        return [path("new/", self.admin_site.admin_view(self.new_view), name="orders_carriername_new"), *super().get_urls()]

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("new", _("Write a name down"))] if actor.can(exporting.NAMES) else []

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """A name has no steps: it is written down anew."""
        return []

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Write down what a platform calls a carrier."""
        if not actor_of(request).can(exporting.NAMES):
            raise PermissionDenied
        return self.ask(request, NameForm, exporting.name_carrier, gettext("Write a name down"))
