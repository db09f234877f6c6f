"""The questions whether goods should go off sale. SOP: C20"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from catalog.admin.delisting.bulk import bulk_view
from catalog.admin.delisting.found import in_words
from catalog.enums.delisting import DelistState
from catalog.models import DelistProposal
from catalog.queries.listings import revisions_for
from catalog.rules.delisting.lifecycle import DELIST_LIFECYCLE
from catalog.services.delisting import proposals
from catalog.services.delisting.answers import KIND
from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin

_OVERDUE = "overdue"
_COLOURS = {
    _OVERDUE: "red",
    DelistState.OPEN: "amber",
    DelistState.ACCEPTED: "green",
    DelistState.DECLINED: "blue",
}


@admin.register(DelistProposal)
class DelistProposalAdmin(LifecycleAdmin):
    """The system asks, a person answers."""

    subject_kind = KIND
    subject_argument = "proposal_id"
    state_field = "state"
    lifecycle = DELIST_LIFECYCLE
    commands = {
        "accept": Command(_("Take off sale now"), proposals.accept, danger=True),
        "decline": Command(_("Leave it on sale"), proposals.decline, ReasonForm),
    }
    list_display = ("revision", "reason", "found", "stage", "due_at", "decided_by")
    list_select_related = ("revision__product", "decided_by")
    list_filter = ("state", "reason")
    fields = (*list_display, "opened_at", "decided_at", "note")

    @column(_("what was found"))
    def found(self, row: DelistProposal) -> str:
        return in_words(row.reason, row.detail)

    @column(_("state"), colours=_COLOURS, ordering="state")
    def stage(self, row: DelistProposal) -> Any:
        if row.state == DelistState.OPEN and row.due_at < clock.now():
            return _OVERDUE, _("Open, overdue")
        return row.state, row.get_state_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(bulk_view)
        return [path("bulk/", view, name="catalog_delistproposal_bulk"), *super().get_urls()]
