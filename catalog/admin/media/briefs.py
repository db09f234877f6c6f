"""The designers' desk: the queue, asking, delivering versions, judging them side by side."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.media.forms import BriefForm, CommentForm, DeliverForm
from catalog.admin.media.library import card
from catalog.admin.media.standards import size_text
from catalog.enums.media import BriefSubject
from catalog.models import DesignBrief
from catalog.queries.media.briefs import deliveries_of, draft_for, queue
from catalog.queries.media.standards import limits
from catalog.rules.media.admission import MILLION
from catalog.rules.media.lifecycle import ASSET_STEPS, BRIEF_LIFECYCLE, is_askers_side
from catalog.services.media import briefs
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin

_COLOURS = {"open": "amber", "in_work": "blue", "delivered": "blue", "sent_back": "red", "accepted": "green"}
ON_PAGE = ASSET_STEPS.transitions["place_on_page"]
_JUDGING = {"accept", "send_back", "cancel"}


@admin.register(DesignBrief)
class DesignBriefAdmin(LifecycleAdmin):
    """Briefs are asked on a form and move by commands only. SOP: C6"""

    subject_kind = "design_brief"
    subject_argument = "brief_id"
    state_field = "state"
    lifecycle = BRIEF_LIFECYCLE
    commands = {
        "start": Command(_("Start work"), briefs.start),
        "accept": Command(_("Accept"), briefs.accept),
        "send_back": Command(_("Send back"), briefs.send_back, ReasonForm, danger=True),
        "comment": Command(_("Comment"), briefs.comment, CommentForm),
        "cancel": Command(_("Cancel the brief"), briefs.cancel, ReasonForm, danger=True),
    }
    list_display = ("title", "standing", "standard", "subject", "due_by", "asker_label", "designer")
    list_select_related = ("standard", "designer")
    list_filter = ("state", "subject")
    search_fields = ("public_id", "title__icontains")
    fields = (
        "title",
        "state",
        "subject",
        "product",
        "reference",
        "standard",
        "sizes",
        "text",
        "due_by",
        "asker_label",
        "designer",
    )
    change_form_outer_before_template: Any = "catalog/media/brief_page.html"

    @column(_("State"), colours=_COLOURS, ordering="state")
    def standing(self, obj: DesignBrief) -> Any:
        return obj.state, obj.get_state_display()

    @admin.display(description=_("Size in pixels"))
    def sizes(self, obj: DesignBrief) -> str:
        return size_text(obj.standard)

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "catalog_designbrief"
        return [
            path("queue/", wrap(self.queue_view), name=f"{name}_queue"),
            path("<path:object_id>/deliver/", wrap(self.deliver_view), name=f"{name}_deliver"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can("catalog.add_designbrief")

    def page_context(self, request: HttpRequest, obj: DesignBrief) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            "versions": [(one, card(one.asset)) for one in deliveries_of(obj)],
            "comments": obj.comments.order_by("id"),
            "samples": [card(asset) for asset in obj.samples.order_by("id")],
            "links": obj.links,
            "draft": draft_for(obj, actor_of(request)),
            "for_page": obj.subject != BriefSubject.PRODUCT and actor_of(request).can(ON_PAGE.permission),
        }

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands; only the desk that asked is offered to decide."""
        found = super().buttons(obj, actor)
        if not is_askers_side(actor, obj.desk):
            found = [button for button in found if button["name"] not in _JUDGING]
        if "deliver" in self.lifecycle.available(obj.state, actor):
            url = reverse("admin:catalog_designbrief_deliver", args=[obj.pk])
            found.insert(0, {"name": "deliver", "label": _("Deliver an image"), "danger": False, "url": url})
        return found

    def queue_view(self, request: HttpRequest) -> TemplateResponse:
        """What is to be made, reworked and judged, the earliest due first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Designers' desk"),
            "briefs": queue(),
            "now": clock.now(),
            "colours": _COLOURS,
            "may_ask": self.has_add_permission(request),
            "opts": self.opts,
        }
        return TemplateResponse(request, "catalog/media/brief_queue.html", context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for an image."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BriefForm(posted(request), initial={name: request.GET.get(name, "") for name in ("product", "samples")})
        if request.method == "POST" and form.is_valid():
            try:
                brief = briefs.ask(wish=form.wish(), actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return self._done(request, brief, gettext("The designers have it."))
        return self._form(request, form, _("Ask for an image"), "")

    def deliver_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Deliver the next version of a brief."""
        actor, brief = actor_of(request), self.get_object(request, object_id)
        if brief is None:
            raise Http404
        if not actor.can(self.lifecycle.transitions["deliver"].permission):
            raise PermissionDenied
        form = DeliverForm(posted(request), request.FILES if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            file = form.upload(brief.title, limits().megabytes * MILLION)
            chosen = {name: form.cleaned_data[name] for name in ("asset", "note")}
            try:
                with transaction.atomic():
                    briefs.deliver(brief_id=brief.pk, file=file, **chosen, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return self._done(request, brief, gettext("Delivered; the desk that asked judges it."))
        return self._form(request, form, _("Deliver an image"), brief)

    def _done(self, request: HttpRequest, brief: DesignBrief, text: str) -> HttpResponse:
        messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:catalog_designbrief_change", args=[brief.pk]))

    def _form(self, request: HttpRequest, form: Any, title: Any, original: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "command": {"label": title},
            "back": reverse("admin:catalog_designbrief_queue"),
            "opts": self.opts,
            "original": original,
        }
        return TemplateResponse(request, "catalog/media/form.html", context, status=422 if form.errors else 200)
