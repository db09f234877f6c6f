"""The designer's reviews of pages and what they found."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.admin.pages.forms import DoneForm, LookForm
from catalog.models import PageFinding, PageReview
from catalog.queries.pages import newest_measurement, pages_for, slow_points
from catalog.rules.pages.lifecycle import PAGE_FINDING_LIFECYCLE, PAGE_REVIEW_LIFECYCLE
from catalog.services.pages import looking
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say


class _PageAdmin(LifecycleAdmin):
    """Whoever sees the pages sees what was found about them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.view_contentpage")  # type: ignore[union-attr]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(PageReview)
class PageReviewAdmin(_PageAdmin):
    """What the designer is asked to look at, and the marks given. SOP: C25"""

    subject_kind = looking.REVIEW_SUBJECT
    subject_argument = "review_id"
    state_field = "state"
    lifecycle = PAGE_REVIEW_LIFECYCLE
    commands = {"record": Command(_("Record the review"), looking.record_review, LookForm)}
    list_display = ("page", "state", "due_at", "layout", "colours", "speed", "reviewed_by")
    list_select_related = ("page__shop", "reviewed_by")
    list_filter = ("state",)
    fields = (*list_display, "note", "reviewed_at")
    change_form_outer_before_template: Any = "catalog/pages/look.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(page__in=pages_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: PageReview) -> dict[str, Any]:
        measured = newest_measurement(obj.page)
        return super().page_context(request, obj) | {
            "store_page": obj.page,
            "measured": measured,
            "slow": [say(finding.message, finding.params) for finding in slow_points(measured)],
            "findings": obj.findings.order_by("id"),
        }


@admin.register(PageFinding)
class PageFindingAdmin(_PageAdmin):
    """What has to be put right on a page. SOP: C25"""

    subject_kind = looking.FINDING_SUBJECT
    subject_argument = "finding_id"
    state_field = "state"
    lifecycle = PAGE_FINDING_LIFECYCLE
    commands = {"finish": Command(_("Put right"), looking.finish_finding, DoneForm)}
    list_display = ("review", "aspect", "what", "state", "due_at", "done_by")
    list_select_related = ("review__page__shop", "done_by")
    list_filter = ("state", "aspect")
    fields = (*list_display, "done_note", "done_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(review__page__in=pages_for(actor_of(request)).values("pk"))

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Before the command, the screen on which the page is put right."""
        found = super().buttons(obj, actor)
        if found and actor.can("catalog.change_contentpage"):
            url = reverse("admin:catalog_contentpage_write", args=[obj.review.page_id])
            found.insert(0, {"name": "write", "label": _("Edit the page"), "danger": False, "url": url})
        return found

    @column(_("What was found"))
    def what(self, obj: PageFinding) -> str:
        return say(obj.text, obj.params) if obj.params else obj.text
