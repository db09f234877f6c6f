"""Carrier cases."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.fulfilment.forms import CarrierTalkForm, CloseCaseForm, TellForm
from orders.admin.manual.resending import resend_button
from orders.admin.tables import CarrierContactTable
from orders.admin.tracking.filters import BrokenPromiseFilter
from orders.models import CarrierCase
from orders.rules.followup import CASE_LIFECYCLE
from orders.services.tracking import carrier_cases


@admin.register(CarrierCase)
class CarrierCaseAdmin(LifecycleAdmin):
    subject_kind = carrier_cases.KIND
    shop_field = "shipment__shop"
    subject_argument = "case_id"
    state_field = "state"
    lifecycle = CASE_LIFECYCLE
    commands = {
        "log_contact": Command(label=_("Talked to the carrier"), run=carrier_cases.log_contact, form=CarrierTalkForm),
        "tell_customer": Command(label=_("Tell the customer"), run=carrier_cases.tell_customer, form=TellForm),
        "close": Command(label=_("Close the case"), run=carrier_cases.close_case, form=CloseCaseForm),
    }
    list_display = ("shipment", "carrier", "kind", "state", "opened_at", "promise_due", "customer_told_at", "outcome")
    list_select_related = ("shipment__carrier",)
    list_filter = ("state", "kind", BrokenPromiseFilter, "outcome", "shipment__carrier")
    search_fields = ("shipment__tracking_no__startswith",)
    fields = (
        ("shipment", "kind", "state"),
        ("opened_at", "promise_due", "customer_told_at"),
        ("outcome", "closed_at", "closed_by"),
    )
    inlines = (CarrierContactTable,)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The steps, and sending again what lay in the parcel."""
        orders = obj.shipment.orders.order_by("pk")
        return super().buttons(obj, actor) + [
            button for order in orders for button in resend_button(order, actor, source_id=obj.public_id)
        ]

    @admin.display(description=_("carrier"))
    def carrier(self, case: CarrierCase) -> str:
        return case.shipment.carrier.name
