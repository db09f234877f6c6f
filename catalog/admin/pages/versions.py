"""Versions of pages: the preview, the commands, the judgement."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.pages.forms import PageVerdictForm, SwapForm
from catalog.admin.pages.preview import preview, with_pictures
from catalog.models import PageVersion
from catalog.queries.pages import problems_of, versions_for
from catalog.rules.pages.lifecycle import PAGE_LIFECYCLE
from catalog.services.pages import judging, steps, swapping
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say


@admin.register(PageVersion)
class PageVersionAdmin(LifecycleAdmin):
    """A version as customers will see it, and its way to the shop window. SOP: C25"""

    subject_kind = steps.KIND
    subject_argument = "version_id"
    state_field = "state"
    lifecycle = PAGE_LIFECYCLE
    commands = {
        "submit": Command(_("Submit for review"), judging.submit, CommandForm),
        "publish": Command(_("Publish now"), swapping.publish, CommandForm),
        "schedule": Command(_("Schedule"), swapping.schedule, SwapForm),
        "withdraw": Command(_("Withdraw"), judging.withdraw),
    }
    list_display = ("page", "no", "title", "state", "author_label", "swap_at", "published_at")
    list_select_related = ("page__shop",)
    list_filter = ("state",)
    fields = ("page", "no", "state", "title", "author_label", "swap_at", "published_at")
    change_form_outer_before_template: Any = "catalog/pages/version.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [path("<path:object_id>/judge/", wrap(self.judge_view), name="catalog_pageversion_judge")]
        return [*own, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.view_contentpage")  # type: ignore[union-attr]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=versions_for(actor_of(request)).values("pk"))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        return with_pictures(super().changeform_view(request, object_id, form_url, extra_context))

    def page_context(self, request: HttpRequest, obj: PageVersion) -> dict[str, Any]:
        return super().page_context(request, obj) | self._shown(obj)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and before them the screens on which the version is written and judged."""
        available = self.lifecycle.available(obj.state, actor)
        screens = []
        if "approve" in available:
            screens.append(_screen("judge", _("Review"), reverse("admin:catalog_pageversion_judge", args=[obj.pk])))
        if "edit" in available:
            screens.append(_screen("write", _("Edit"), reverse("admin:catalog_contentpage_write", args=[obj.page_id])))
        return [*screens, *super().buttons(obj, actor)]

    def judge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Judge exactly what is shown."""
        actor, version = actor_of(request), self.get_object(request, object_id)
        if version is None:
            raise Http404
        if not self.has_view_permission(request, version) or not actor.can("catalog.release_page"):
            raise PermissionDenied
        form, status = PageVerdictForm(posted(request), initial={"seen_hash": version.content_hash}), 200
        if request.method == "POST" and form.is_valid():
            try:
                judging.decide(version_id=version.pk, verdict=form.given(), actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, gettext("Decided: %(listing)s") % {"listing": version})
                return HttpResponseRedirect(reverse("admin:catalog_pageversion_change", args=[version.pk]))
        elif request.method == "POST":
            status = 422
        context = self.admin_site.each_context(request) | self._shown(version)
        context |= {
            "title": _("Judge the page"),
            "subtitle": str(version),
            "opts": self.opts,
            "original": version,
            "form": form,
            "may_decide": version.state == "in_review" and actor.staff_id not in version.editor_ids,
            "is_writer": actor.staff_id in version.editor_ids,
        }
        return with_pictures(TemplateResponse(request, "catalog/pages/judge.html", context, status=status))

    @staticmethod
    def _shown(version: PageVersion) -> dict[str, Any]:
        """The preview of the version, and of the live one to compare it with."""
        live = version.page.live_version
        other = live if live and live.pk != version.pk else None
        return {
            "page_version": version,
            "blocks": preview(version),
            "live": other,
            "live_blocks": preview(other) if other else [],
            "problems": [(finding.severity, say(finding.message, finding.params)) for finding in problems_of(version)],
        }


def _screen(name: str, label: Any, url: str) -> dict[str, Any]:
    return {"name": name, "label": label, "danger": False, "url": url}
