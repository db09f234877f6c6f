"""The reviewers' screens: the queue of each stage, and the revision beside the live one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.listing_review import STAGE_TITLES, VerdictForm, diff, judged, open_item, open_review, queue
from catalog.admin.listing_writing import findings_of, progress_of
from catalog.models import ListingRevision
from catalog.queries.listings import content_of
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from catalog.services import judgement
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say
from opsdesk.inbox import services as inbox

_JUDGES = ("catalog.review_material", "catalog.release_listing")


class JudgingAdmin(LifecycleAdmin):
    """The part of the revisions' admin in which they are judged."""

    def judging_urls(self) -> list[URLPattern]:
        """The addresses of the reviewers' screens."""
        wrap = self.admin_site.admin_view
        return [
            path("review-queue/", wrap(self.queue_view), name="catalog_listingrevision_queue"),
            path("review-queue/<slug:item_id>/claim/", wrap(require_POST(self.claim_view)), name="catalog_listing_claim"),
            path("<path:object_id>/review/", wrap(self.review_view), name="catalog_listingrevision_review"),
        ]

    def may_waive(self, revision: ListingRevision, actor: Actor) -> bool:
        """True when the actor may take responsibility for the revision's findings."""
        steps = LISTING_LIFECYCLE.available(revision.state, actor)
        return "waive_finding" in steps and actor.staff_id not in revision.editor_ids

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """What waits for a judgement, by stage, earliest due first. SOP: C4, C13"""
        actor = actor_of(request)
        if not actor.can("reviews.view_reviewrequest"):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Listings to review"),
            "stages": [(title, queue(actor, stage)) for stage, title in STAGE_TITLES.items()],
            "now": clock.now(),
            "staff_id": actor.staff_id,
            "roles": actor.roles,
            "may_judge": any(actor.can(permission) for permission in _JUDGES),
            "opts": self.opts,
        }
        return TemplateResponse(request, "catalog/review_queue.html", context)

    def claim_view(self, request: HttpRequest, item_id: str) -> HttpResponse:
        """Take a review of one's own desk."""
        try:
            item = inbox.claim(item_id=item_id, actor=actor_of(request), now=clock.now())
        except DomainError as refusal:
            messages.error(request, say(refusal.message_id, refusal.params))
            return HttpResponseRedirect(reverse("admin:catalog_listingrevision_queue"))
        return HttpResponseRedirect(reverse("admin:catalog_listingrevision_review", args=[item.subject_id]))

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the revision beside the live one and take the decision."""
        revision, actor = self.get_object(request, object_id), actor_of(request)
        if revision is None:
            raise Http404
        if not self.has_view_permission(request, revision) or not any(actor.can(permission) for permission in _JUDGES):
            raise PermissionDenied
        review = open_review(revision)
        seen = {"seen_hash": revision.content_hash, "stage": review.stage if review else ""}
        form, status = VerdictForm(posted(request), initial=seen), 200
        if request.method == "POST" and form.is_valid():
            stage = form.cleaned_data["stage"]
            try:
                judgement.decide(revision_id=revision.pk, stage=stage, verdict=form.given(), actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, _t("Decided: %(listing)s") % {"listing": revision})
                return HttpResponseRedirect(reverse("admin:catalog_listingrevision_queue"))
        elif request.method == "POST":
            status = 422
        return self._review_page(request, revision, form, status)

    def _review_page(self, request: HttpRequest, revision: ListingRevision, form: VerdictForm, status: int) -> HttpResponse:
        actor = actor_of(request)
        review, steps = open_review(revision), LISTING_LIFECYCLE.available(revision.state, actor)
        writers = revision.editor_ids
        context = self.admin_site.each_context(request) | {
            "title": STAGE_TITLES.get(review.stage, "") if review else _("Review"),
            "subtitle": str(revision),
            "revision": revision,
            "review": review,
            "item": open_item(revision),
            "rows": diff(revision, costs=actor.can("catalog.view_cost")),
            "found": findings_of(revision),
            "progress": progress_of(content_of(revision)),
            "may_waive": self.may_waive(revision, actor),
            "judged": judged(revision),
            "form": form,
            "may_decide": bool({"pass_material", "release"} & set(steps)) and actor.staff_id not in writers,
            "is_writer": actor.staff_id in writers,
            "now": clock.now(),
            "opts": self.opts,
            "original": revision,
        }
        return TemplateResponse(request, "catalog/review.html", context, status=status)
