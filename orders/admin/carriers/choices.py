"""The choice of a carrier in the browser, with what was found of each, and claims for compensation."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from orders.enums.carriers import ClaimState
from orders.models import CarrierChoice, CarrierClaim, Order
from orders.queries.carriers.choices import carriers_in_use
from orders.rules.carriers.choices import CHOICE_STEPS, CLAIM_LIFECYCLE
from orders.rules.carriers.ranking import Verdict
from orders.services.carriers import choosing, claims

VERDICTS = {
    Verdict.CHOSEN: (_("Chosen"), "green"),
    Verdict.POSSIBLE: (_("Possible"), "blue"),
    Verdict.REFUSED: (_("Refused"), "red"),
}


class OverrideForm(CommandForm):
    """Which carrier takes the parcel instead, and why. SOP: O11"""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=carriers_in_use)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class AskForm(CommandForm):
    """What is asked for a parcel, and why. SOP: O11"""

    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2)
    note = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea)


class GrantForm(CommandForm):
    """What the carrier pays. SOP: O11"""

    granted_amount = forms.DecimalField(label=_("Granted amount"), max_digits=12, decimal_places=2)
    answer = forms.CharField(label=_("The carrier's answer"), max_length=500, required=False, widget=forms.Textarea)


class RefuseForm(CommandForm):
    """Why the carrier pays nothing. SOP: O11"""

    answer = forms.CharField(label=_("The carrier's answer"), max_length=500, widget=forms.Textarea)


class WithCarrierFilter(admin.SimpleListFilter):
    """Parcels that no carrier takes, and those that a person decided on."""

    title = _("carrier")
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("None found")), ("changed", _("Changed by hand"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {"none": Q(carrier=None), "changed": Q(overridden_at__isnull=False)}
        return queryset.filter(wanted.get(self.value() or "", Q()))


@admin.register(CarrierChoice)
class CarrierChoiceAdmin(LifecycleAdmin):
    """SOP: O11"""

    subject_kind = choosing.KIND
    shop_field = "order__shop"
    subject_argument = "choice_id"
    state_field = "order_status"
    lifecycle = CHOICE_STEPS
    commands = {
        "override": Command(label=_("Take another carrier"), run=choosing.override_choice, form=OverrideForm),
        "rechoose": Command(label=_("Choose again"), run=choosing.rechoose),
    }
    change_form_outer_before_template: Any = "orders/carriers/choice_top.html"
    list_display = ("order", "carrier", "suggested", "grams", "fragile", "do_not_bend", "chosen_at", "by_hand")
    list_select_related = ("order", "carrier", "suggested")
    list_filter = (WithCarrierFilter, "carrier")
    search_fields = ("order__number__startswith",)
    fields = (
        ("order", "carrier", "suggested"),
        ("grams", "fragile", "do_not_bend"),
        ("chosen_at", "overridden_at", "overridden_by"),
        ("reason",),
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.order_status = row.order.status
        return row

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"findings": list(map(_in_words, obj.findings)), "unweighed": obj.unweighed}

    @column(_("changed by hand"))
    def by_hand(self, row: CarrierChoice) -> str:
        return row.overridden_by


def _in_words(finding: dict[str, Any]) -> dict[str, Any]:
    label, colour = VERDICTS[Verdict(finding["verdict"])]
    reasons = [say(reason["message"], reason["params"]) for reason in finding["reasons"]]
    return finding | {"verdict": label, "colour": colour, "reasons": reasons}


@admin.register(CarrierClaim)
class CarrierClaimAdmin(LifecycleAdmin):
    """SOP: O11"""

    subject_kind = claims.KIND
    shop_field = "shipment__shop"
    subject_argument = "claim_id"
    state_field = "state"
    lifecycle = CLAIM_LIFECYCLE
    commands = {
        "grant": Command(label=_("The carrier pays"), run=claims.grant_claim, form=GrantForm),
        "refuse": Command(label=_("The carrier refuses"), run=claims.refuse_claim, form=RefuseForm, danger=True),
    }
    list_display = ("shipment", "carrier", "coloured_state", "amount", "granted_amount", "asked_at", "due_at", "answered_at")
    list_select_related = ("shipment__carrier",)
    list_filter = ("state", "shipment__carrier")
    search_fields = ("shipment__tracking_no__startswith",)
    fields = (
        ("shipment", "state"),
        ("amount", "note", "asked_by"),
        ("asked_at", "due_at", "answered_at"),
        ("granted_amount", "answer"),
    )

    @column(_("carrier"))
    def carrier(self, row: CarrierClaim) -> str:
        return row.shipment.carrier.name

    @column(_("state"), colours={ClaimState.ASKED: "amber", ClaimState.GRANTED: "green", ClaimState.REFUSED: "red"})
    def coloured_state(self, row: CarrierClaim) -> tuple[str, str]:
        return row.state, row.get_state_display()


@admin.action(description=_("Choose carriers"), permissions=["choose_carrier"])
def choose_carriers(page: LifecycleAdmin, request: HttpRequest, orders: QuerySet[Order]) -> None:
    """Choose the carriers of the selected orders. SOP: O11"""
    ids = list(orders.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            made = choosing.choose_carriers(order_ids=ids, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        messages.error(request, say(refusal.message_id, refusal.params))
    else:
        found = sum(row.carrier_id is not None for row in made)
        said = {"found": found, "none": len(made) - found, "kept": len(ids) - len(made)}
        text = gettext("Carriers found: %(found)s; no carrier: %(none)s; decided or sent already: %(kept)s.")
        messages.success(request, text % said)
