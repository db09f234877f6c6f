"""Asking customers who have not confirmed receipt."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.tables import ContactAttemptTable
from orders.enums.completion import ContactOutcome, TaskState
from orders.models import ContactTask, DeliveryAddress, Order
from orders.rules import masking
from orders.rules.followup import CONTACT_LIFECYCLE
from orders.services.completion import contact_tasks

_FOUND = 302


class ContactForm(CommandForm):
    """What came of asking the customer. SOP: O16"""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=ContactOutcome.choices)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What the customer said; it is the proof when the goods have arrived."),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    call_back_at = forms.DateTimeField(
        label=_("Call back at"),
        help_text=_("When the customer has asked to be called again."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "od-input"}),
    )


class CustomerPages(LifecycleAdmin):
    """Who is to be called: masked, with the way to the order's page, where the data can be shown."""

    @column(_("customer"))
    def customer(self, row: Any) -> SafeString:
        place = DeliveryAddress.objects.filter(order=row.order_id).first() or DeliveryAddress()
        url = reverse("admin:orders_order_change", args=[row.order_id])
        return format_html(
            '{} {} · <a href="{}">{}</a>', masking.mask_name(place.recipient), masking.mask_phone(place.phone), url, row.order
        )


@admin.register(ContactTask)
class ContactTaskAdmin(CustomerPages):
    """SOP: O16"""

    subject_kind = contact_tasks.KIND
    shop_field = "order__shop"
    subject_argument = "task_id"
    state_field = "state"
    lifecycle = CONTACT_LIFECYCLE
    commands = {"record": Command(label=_("Asked the customer"), run=contact_tasks.record_outcome, form=ContactForm)}
    list_display = ("order", "coloured_state", "opened_at", "attempts", "next_contact_at", "outcome")
    list_select_related = ("order",)
    list_filter = ("state", "outcome")
    search_fields = ("order__number__startswith",)
    fields = (
        ("customer", "coloured_state", "opened_at"),
        ("attempts", "next_contact_at"),
        ("outcome", "closed_at", "closed_by"),
    )
    readonly_fields = ("customer", "coloured_state")
    inlines = (ContactAttemptTable,)

    @column(_("state"), colours={TaskState.OPEN: "amber", TaskState.CLOSED: "green"})
    def coloured_state(self, row: ContactTask) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("order")

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """A customer who wants to return goods: the next page is the form for the return."""
        answer = super().command_view(request, object_id, command)
        wishes = request.POST.get("outcome") == ContactOutcome.WANTS_RETURN and answer.status_code == _FOUND
        if wishes and actor_of(request).can("orders.add_return"):
            order = Order.objects.get(contact_tasks=self.get_object(request, object_id))
            return HttpResponseRedirect(reverse("admin:orders_returnrequest_enter", args=[order.pk]))
        return answer
