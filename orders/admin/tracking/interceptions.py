"""Interceptions in the browser: the carrier's answer, and the parcel that comes back."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.fulfilment.forms import TellForm
from orders.admin.tracking.forms import AcceptForm, FailForm, InterceptForm, ReceiveForm
from orders.models import Interception
from orders.rules.tracking.interception import INTERCEPTION_LIFECYCLE
from orders.services.tracking import interceptions

INTERCEPT = Command(label=_("Intercept the parcels"), run=interceptions.intercept_order, form=InterceptForm, danger=True)


@admin.register(Interception)
class InterceptionAdmin(LifecycleAdmin):
    """SOP: O18"""

    subject_kind = interceptions.KIND
    shop_field = "shipment__shop"
    subject_argument = "interception_id"
    state_field = "state"
    lifecycle = INTERCEPTION_LIFECYCLE
    commands = {
        "accept": Command(label=_("Carrier sends it back"), run=interceptions.accept_interception, form=AcceptForm),
        "fail": Command(label=_("Carrier cannot stop it"), run=interceptions.fail_interception, form=FailForm, danger=True),
        "receive": Command(label=_("Parcel is back"), run=interceptions.receive_interception, form=ReceiveForm),
        "tell_customer": Command(label=_("Tell the customer"), run=interceptions.tell_customer, form=TellForm),
    }
    keyset = ("-id",)
    list_display = ("shipment", "order", "state", "code", "requested_at", "requested_by", "answered_at", "customer_told_at")
    list_select_related = ("shipment", "order")
    list_filter = ("state", "code")
    search_fields = ("shipment__tracking_no__startswith", "order__number__startswith")
    fields = (
        ("shipment", "order"),
        ("state", "code"),
        "reason",
        ("requested_at", "requested_by"),
        ("answered_at", "answer", "customer_told_at"),
        ("returned_at", "condition", "closed_at"),
    )
