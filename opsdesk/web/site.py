"""The back-office site: its first page is the work that waits for the one who opens it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from opsdesk.common import clock
from opsdesk.consoles.pages import files, handbook, handover, imports, invariants, notices, parameters, people, work
from opsdesk.doors.admin.actor import actor_of
from opsdesk.web.my_work import my_work
from opsdesk.web.passwords import OwnPasswordView


class OpsdeskAdminSite(UnfoldAdminSite):
    def extra_urls(self) -> list[URLPattern]:
        """Pages that are not lists of rows."""
        return [
            path("parameters/", self.admin_view(parameters.parameter_list), name="parameters"),
            path("parameters/<str:code>/", self.admin_view(parameters.parameter_detail), name="parameter"),
            path("users/add/", self.admin_view(people.user_add), name="user_add"),
            path("users/<int:pk>/roles/", self.admin_view(people.user_roles), name="user_roles"),
            path("users/<int:pk>/access/", self.admin_view(people.user_active), name="user_active"),
            path("files/<str:public_id>/", self.admin_view(files.download), name="file"),
            path("imports/", self.admin_view(imports.import_list), name="imports"),
            path("imports/new/<str:code>/", self.admin_view(imports.import_new), name="import_new"),
            path("imports/template/<str:code>.<str:format>", self.admin_view(imports.template), name="import_template"),
            path("imports/<str:public_id>/", self.admin_view(imports.import_detail), name="import"),
            path("imports/<str:public_id>/failed.<str:format>", self.admin_view(imports.failed), name="import_failed"),
            path("handbook/", self.admin_view(handbook.index), name="handbook"),
            path("handbook/here/", self.admin_view(handbook.here), name="handbook_here"),
            path("handbook/<str:page_id>/", self.admin_view(handbook.one), name="handbook_page"),
            path("invariants/", self.admin_view(invariants.invariant_page), name="invariants"),
            path("handover/new/", self.admin_view(handover.handover_new), name="handover_new"),
            path("notices/", self.admin_view(notices.notice_list), name="notices"),
            path("work/<str:item_id>/claim/", self.admin_view(work.claim_work), name="claim_work"),
            path("work/<str:item_id>/give-back/", self.admin_view(work.give_back_work), name="give_back_work"),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """My work: everything due, sorted by due time."""
        context = self.each_context(request) | {
            "title": _("My work"),
            **my_work(actor_of(request), now=clock.now()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "opsdesk/home.html", context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """One's own password; ends the life of a one-time password."""
        context = self.each_context(request) | (extra_context or {})
        done = reverse("admin:password_change_done")
        return OwnPasswordView.as_view(success_url=done, extra_context=context)(request)
