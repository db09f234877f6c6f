"""Promises and the causes of complaints in the browser."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin
from support.admin.sla.pages import allow, answer, asked_ticket, ticket_link
from support.enums.sla import PromiseState
from support.models import ComplaintReview, Promise
from support.rules.sla.promises import GIVE, PROMISE_LIFECYCLE
from support.services.sla import grounds, promises

COLOURS = {
    PromiseState.OPEN: "blue",
    PromiseState.KEPT: "green",
    PromiseState.BROKEN: "red",
    PromiseState.MOVED: "grey",
}
LOCAL = {"type": "datetime-local", "class": "od-input"}


class PromiseForm(CommandForm):
    """What the customer is promised, and by when."""

    result = forms.CharField(label=_("Promised result"), max_length=1000, widget=forms.Textarea)
    due_at = forms.DateTimeField(label=_("Promised by"), widget=forms.DateTimeInput(attrs=LOCAL))


class KeptForm(CommandForm):
    """How it was kept."""

    note = forms.CharField(label=_("How it was kept"), max_length=1000, required=False, widget=forms.Textarea)


class BrokenForm(CommandForm):
    """Why it is not kept."""

    note = forms.CharField(label=_("Why it cannot be kept"), max_length=1000, widget=forms.Textarea)


class GroundsForm(CommandForm):
    """What a complaint taught."""

    root_cause = forms.CharField(label=_("Root cause"), max_length=2000, widget=forms.Textarea)
    prevention = forms.CharField(label=_("Prevention"), max_length=2000, widget=forms.Textarea)


@admin.register(Promise)
class PromiseAdmin(LifecycleAdmin):
    """SOP: S9"""

    subject_kind = promises.KIND
    subject_argument = "promise_id"
    state_field = "state"
    shop_field = "ticket__shop"
    lifecycle = PROMISE_LIFECYCLE
    commands = {
        "keep": Command(label=_("Kept"), run=promises.keep_promise, form=KeptForm),
        "break": Command(label=_("Cannot be kept"), run=promises.break_promise, form=BrokenForm, danger=True),
        "follow": Command(label=_("Give the next promise"), run=promises.follow_promise, form=PromiseForm),
    }
    list_display = ("ticket_number", "result", "due_at", "coloured_state", "given_by", "closed_at")
    list_display_links = ("result",)
    list_select_related = ("ticket",)
    list_filter = ("state",)
    search_fields = ("ticket__number__startswith",)
    fields = (
        ("ticket_number", "coloured_state"),
        "result",
        ("due_at", "given_at", "given_by"),
        ("closed_at", "closed_by"),
        "note",
    )
    readonly_fields = ("ticket_number", "coloured_state")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.give_view)
        return [path("give/<slug:public_id>/", view, name="support_promise_give"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket")

    def give_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Promise the customer of a ticket a time and a result."""
        allow(request, GIVE)
        ticket, actor = asked_ticket(request, public_id), actor_of(request)
        return answer(
            request,
            self,
            form=PromiseForm(posted(request)),
            run=lambda data: promises.give_promise(ticket_id=ticket.pk, **data, actor=actor, now=clock.now()),
            label=_("Give a promise"),
            button=_("Promise"),
            back=f"{reverse('admin:support_promise_changelist')}?q={ticket.number}",
            original=f"{ticket.number} {ticket.subject}",
        )

    @admin.display(description=_("ticket"))
    def ticket_number(self, row: Promise) -> Any:
        return ticket_link(row.ticket)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: Promise) -> tuple[str, str]:
        return row.state, row.get_state_display()


@admin.register(ComplaintReview)
class ComplaintReviewAdmin(ReadOnlyAdmin):
    """SOP: S9"""

    shop_field = "ticket__shop"
    list_display = ("ticket_number", "root_cause", "prevention", "written_at", "written_by")
    list_display_links = ("root_cause",)
    list_select_related = ("ticket",)
    search_fields = ("ticket__number__startswith",)
    fields = (("ticket_number", "written_at", "written_by"), "root_cause", "prevention")
    readonly_fields = ("ticket_number",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write_view)
        return [path("write/<slug:public_id>/", view, name="support_complaintreview_write"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket")

    def write_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Write, or write anew, why a complaint came about and what prevents the next one."""
        allow(request, grounds.PERMISSION)
        ticket, actor = asked_ticket(request, public_id), actor_of(request)
        known = ComplaintReview.objects.filter(ticket=ticket).values("root_cause", "prevention").first()
        return answer(
            request,
            self,
            form=GroundsForm(posted(request), initial=known),
            run=lambda data: grounds.write_grounds(ticket_id=ticket.pk, **data, actor=actor, now=clock.now()),
            label=_("Root cause and prevention"),
            button=_("Save"),
            back=reverse("admin:support_complaintreview_changelist"),
            original=f"{ticket.number} {ticket.subject}",
        )

    @admin.display(description=_("ticket"))
    def ticket_number(self, row: ComplaintReview) -> Any:
        return ticket_link(row.ticket)
