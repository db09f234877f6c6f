"""Carrier cases."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.fulfilment.forms import CarrierTalkForm, CloseCaseForm, TellForm
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

    @admin.display(description=_("carrier"))
    def carrier(self, case: CarrierCase) -> str:
        return case.shipment.carrier.name
