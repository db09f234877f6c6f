"""Carrier cases, contact tasks and settlements."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from orders.admin.fulfilment.forms import CarrierTalkForm, CloseCaseForm, ContactForm, SettleForm, TellForm
from orders.admin.tables import CarrierContactTable, ContactAttemptTable
from orders.admin.tracking.filters import BrokenPromiseFilter
from orders.models import CarrierCase, ContactTask, Settlement
from orders.rules.followup import CASE_LIFECYCLE, CONTACT_LIFECYCLE, SETTLEMENT_LIFECYCLE
from orders.services.completion import contact_tasks, settlements
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


@admin.register(ContactTask)
class ContactTaskAdmin(LifecycleAdmin):
    subject_kind = contact_tasks.KIND
    shop_field = "order__shop"
    subject_argument = "task_id"
    state_field = "state"
    lifecycle = CONTACT_LIFECYCLE
    commands = {"record": Command(label=_("Asked the customer"), run=contact_tasks.record_outcome, form=ContactForm)}
    list_display = ("order", "state", "opened_at", "attempts", "next_contact_at", "outcome")
    list_select_related = ("order",)
    list_filter = ("state", "outcome")
    search_fields = ("order__number__startswith",)
    fields = (("order", "state", "opened_at"), ("attempts", "next_contact_at"), ("outcome", "closed_at", "closed_by"))
    inlines = (ContactAttemptTable,)


@admin.action(description=_("Settle"), permissions=["settle"])
def settle_selected(page: LifecycleAdmin, request: HttpRequest, rows: QuerySet[Settlement]) -> None:
    """Settle the selected orders, all or none. SOP: O15"""
    ids = list(rows.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            done = settlements.settle_many(settlement_ids=ids, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        messages.error(request, say(refusal.message_id, refusal.params))
    else:
        messages.success(request, gettext("Settled: %(count)s") % {"count": len(done)})


@admin.register(Settlement)
class SettlementAdmin(LifecycleAdmin):
    subject_kind = settlements.KIND
    shop_field = "order__shop"
    subject_argument = "settlement_id"
    state_field = "state"
    lifecycle = SETTLEMENT_LIFECYCLE
    commands = {"settle": Command(label=_("Settle"), run=settlements.settle, form=SettleForm)}
    actions: Any = (settle_selected,)
    list_display = ("order", "amount", "currency", "state", "due_since", "settled_at", "reference")
    list_select_related = ("order",)
    list_filter = ("state", "order__shop")
    search_fields = ("order__number__startswith", "reference__startswith")
    fields = (("order", "amount", "currency"), ("state", "due_since"), ("settled_at", "settled_by", "reference"))

    def has_settle_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered and accepted."""
        return actor_of(request).can("orders.settle_order")
