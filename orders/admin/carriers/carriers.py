"""Carriers in the browser: added, changed, taken in and out of use, removed while they are unused."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.audit.queries import history
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command
from orders.admin.carriers.asking import AskingAdmin
from orders.models import Carrier
from orders.rules.carriers.choices import ACTIVE, CARRIER_STEPS, INACTIVE
from orders.services.carriers import registry
from orders.services.carriers.registry import Terms


class TermsForm(CommandForm):
    """What a carrier is called and takes. SOP: O11"""

    name = forms.CharField(label=_("Name"), max_length=60)
    takes_fragile = forms.BooleanField(label=_("Takes fragile goods"), required=False)
    max_grams = forms.IntegerField(
        label=_("Heaviest parcel (g)"), min_value=1, max_value=10_000_000, required=False, help_text=_("Empty: any weight.")
    )
    promise_days = forms.IntegerField(
        label=_("Delivers within (days)"), min_value=1, max_value=60, required=False, help_text=_("Empty: the general promise.")
    )

    def clean(self) -> dict[str, Any]:
        """The terms as the service takes them."""
        data = super().clean()
        terms = Terms(bool(data.pop("takes_fragile", False)), data.pop("max_grams", None), data.pop("promise_days", None))
        return {**data, "terms": terms}


class NewCarrierForm(TermsForm):
    """A carrier that the shop has not worked with yet. SOP: O11"""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Programs name the carrier by it; it never changes."))
    field_order = ("code", "name")


ADD = Command(label=_("Add a carrier"), run=registry.create_carrier, form=NewCarrierForm)
DELETE = Command(label=_("Delete the carrier"), run=registry.delete_carrier, danger=True)


@admin.register(Carrier)
class CarrierAdmin(AskingAdmin):
    """SOP: O11"""

    state_field = "standing"
    subject_argument = "carrier_id"
    lifecycle = CARRIER_STEPS
    commands = {
        "change": Command(label=_("Change the carrier"), run=registry.change_carrier, form=TermsForm),
        "activate": Command(label=_("Take into use"), run=registry.activate_carrier),
        "deactivate": Command(label=_("Take out of use"), run=registry.deactivate_carrier, danger=True),
    }
    keyset = ("code",)
    list_before_template: Any = "orders/carriers/carriers_top.html"
    list_display = ("code", "name", "is_active", "takes_fragile", "max_grams", "promise_days")
    list_filter = ("is_active",)
    fields = (("code", "name", "is_active"), ("takes_fragile", "max_grams", "promise_days"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        standing = Case(When(is_active=True, then=Value(ACTIVE)), default=Value(INACTIVE))
        named: QuerySet[Any] = rows.annotate(standing=standing)
        return named

    def get_urls(self) -> list[URLPattern]:
        add, delete = self.admin_site.admin_view(self.new_view), self.admin_site.admin_view(self.remove_view)
        return [
            path("do/add/", add, name="orders_carrier_new"),
            path("<path:object_id>/remove/", delete, name="orders_carrier_remove"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"may_add": actor_of(request).can("orders.add_carrier")}
        return super().changelist_view(request, context | (extra_context or {}))

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().page_context(request, obj) | {"timeline": history(registry.SUBJECT, obj.code)}
        links = [
            ("orders.view_carriercoverage", "carriercoverage", _("Regions")),
            ("orders.view_carrierprice", "carrierprice", _("Prices")),
            ("orders.view_shipment", "shipment", _("Parcels")),
        ]
        actor = actor_of(request)
        for permission, model, label in links:
            if actor.can(permission):
                url = f"{reverse(f'admin:orders_{model}_changelist')}?carrier__id__exact={obj.pk}"
                context["commands"].append({"name": model, "label": label, "danger": False, "url": url})
        if actor.can("orders.delete_carrier"):
            url = reverse("admin:orders_carrier_remove", args=[obj.pk])
            context["commands"].append({"name": "delete", "label": DELETE.label, "danger": True, "url": url})
        return context

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """The form of changing opens with what is written down."""
        if command.form is not TermsForm:
            return command.form

        class Filled(TermsForm):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                initial = {name: getattr(obj, name) for name in TermsForm.base_fields}
                super().__init__(*args, initial=initial, **kwargs)

        return Filled

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Add a carrier. SOP: O11"""
        return self.ask(request, ADD, "orders.add_carrier")

    def remove_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Remove a carrier that was never used. SOP: O11"""
        carrier = self.get_object(request, object_id)
        if carrier is None:
            raise Http404
        return self.ask(request, DELETE, "orders.delete_carrier", row=carrier, arguments={"carrier_id": carrier.pk})
