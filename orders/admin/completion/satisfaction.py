"""Asking customers whether they are satisfied, and inviting them to reviews."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, ReadOnlyAdmin
from orders.admin.completion.contacts import CustomerPages
from orders.enums.completion import InvitationState, SatisfactionOutcome, SatisfactionState
from orders.models import ReviewInvitation, SatisfactionContact
from orders.rules.completion.aftercare import SATISFACTION_LIFECYCLE
from orders.services.completion import aftercare, satisfaction

STARS = [("", "–"), *((number, "★" * number) for number in satisfaction.STARS)]
COLOURS = {SatisfactionState.OPEN: "amber", SatisfactionState.FOLLOW_UP: "red", SatisfactionState.CLOSED: "green"}


class AnswerForm(CommandForm):
    """What the customer said. SOP: O19"""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=SatisfactionOutcome.choices)
    stars = forms.TypedChoiceField(label=_("Stars"), choices=STARS, coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)


class RemedyForm(CommandForm):
    """How a bad answer was put right. SOP: O19"""

    remedy = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea)


@admin.register(SatisfactionContact)
class SatisfactionAdmin(CustomerPages):
    """SOP: O19"""

    subject_kind = satisfaction.KIND
    shop_field = "order__shop"
    subject_argument = "contact_id"
    state_field = "state"
    lifecycle = SATISFACTION_LIFECYCLE
    commands = {
        "record": Command(label=_("Record the answer"), run=satisfaction.record_answer, form=AnswerForm),
        "remedy": Command(label=_("Put right"), run=satisfaction.remedy, form=RemedyForm),
    }
    list_display = ("order", "coloured_state", "ask_at", "attempts", "outcome", "shown_stars", "answered_by")
    list_select_related = ("order",)
    list_filter = ("state", "outcome", "stars")
    search_fields = ("order__number__startswith",)
    fields = (
        ("customer", "coloured_state", "ask_at"),
        ("outcome", "shown_stars", "attempts"),
        ("note", "answered_at", "answered_by"),
        ("remedy", "closed_at", "closed_by"),
    )
    readonly_fields = ("customer", "coloured_state", "shown_stars")

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: SatisfactionContact) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @column(_("stars"))
    def shown_stars(self, row: SatisfactionContact) -> str:
        return "★" * (row.stars or 0)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("order")


@admin.register(ReviewInvitation)
class ReviewInvitationAdmin(ReadOnlyAdmin):
    """SOP: O19"""

    subject_kind = aftercare.KIND
    shop_field = "order__shop"
    list_display = ("order", "coloured_state", "due_at", "give_up_at", "sent_at")
    list_select_related = ("order",)
    list_filter = ("state",)
    search_fields = ("order__number__startswith",)
    fields = (("order", "coloured_state"), ("due_at", "give_up_at", "sent_at"))
    readonly_fields = ("coloured_state",)

    @column(_("state"), colours={InvitationState.WAITING: "blue", InvitationState.SENT: "green"})
    def coloured_state(self, row: ReviewInvitation) -> tuple[str, str]:
        return row.state, row.get_state_display()
