"""What supervisors set for the desk: triage rules, canned replies, teams."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from support.admin.tickets.forms import MacroForm, RuleForm, TeamForm
from support.models import Macro, Team, TriageRule
from support.services.tickets.teams import write_team
from support.services.tickets.tools import write_macro, write_rule


class SettingAdmin(ReadOnlyAdmin):
    """A list with one form to write a row, or to write it anew."""

    write_form: ClassVar[type[CommandForm]]
    write_title: ClassVar[Any]
    list_before_template: Any = "support/tickets/setting_top.html"
    change_form_outer_before_template: Any = "support/tickets/setting_top.html"

    @property
    def address(self) -> str:
        return f"support_{self.opts.model_name}_write"

    @property
    def write_permission(self) -> str:
        """What who writes has to hold."""
        return f"support.change_{self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write_view)
        return [path("write/", view, name=self.address), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {**(extra_context or {}), **self._link(request)})

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | self._link(request, f"?row={obj.pk}")

    def _link(self, request: HttpRequest, query: str = "") -> dict[str, Any]:
        allowed = actor_of(request).can(self.write_permission)
        label = pgettext("button", "Change") if query else self.write_title
        return {"write_url": reverse(f"admin:{self.address}") + query, "write_label": label} if allowed else {}

    def write_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the row's contents and write it."""
        actor = actor_of(request)
        if not actor.can(self.write_permission):
            raise PermissionDenied
        key = request.GET.get("row", "")
        row = self.get_object(request, key) if key else None
        if key and row is None:
            raise Http404
        form = self.writing_form(request, self.initial_of(row) if row else None)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    self.call(row, form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("%(label)s: done.") % {"label": self.write_title})
                return HttpResponseRedirect(reverse(f"admin:support_{self.opts.model_name}_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": self.write_title,
            "form": form,
            "command": {"label": self.write_title},
            "opts": self.opts,
            "original": row or "",
            "back": reverse(f"admin:support_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=422 if form.errors else 200)

    def writing_form(self, request: HttpRequest, initial: dict[str, Any] | None) -> CommandForm:
        """The form as it was sent, or as it begins."""
        return self.write_form(posted(request), initial=initial)

    def initial_of(self, row: Model) -> dict[str, Any]:
        """What the form begins with."""
        return {name: getattr(row, name) for name in self.write_form.base_fields}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        """The one service call."""
        raise NotImplementedError


class OwnChoicesAdmin(SettingAdmin):
    """A setting whose form offers what the actor may choose; the form takes the actor."""

    def writing_form(self, request: HttpRequest, initial: dict[str, Any] | None) -> CommandForm:
        return self.write_form(posted(request), initial=initial, actor=actor_of(request))  # type: ignore[call-arg]


@admin.register(TriageRule)
class TriageRuleAdmin(SettingAdmin):
    """SOP: S5"""

    write_form, write_title = RuleForm, _("Write a triage rule")
    keyset = ("name",)
    list_display = ("name", "position", "channel", "order_state", "stage", "type", "priority", "team", "active")
    list_select_related = ("team",)
    list_filter = ("active",)
    fields = (
        ("name", "position", "active"),
        ("channel", "order_state"),
        "words",
        ("stage", "type", "priority", "team"),
    )

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        write_rule(rule_id=row.pk if row else None, columns=data, **who)


@admin.register(Macro)
class MacroAdmin(SettingAdmin):
    """SOP: S2"""

    write_form, write_title = MacroForm, _("Write a canned reply")
    keyset = ("title",)
    list_display = ("title", "active")
    fields = (("title", "active"), "body")

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        write_macro(macro_id=row.pk if row else None, **data, **who)


@admin.register(Team)
class TeamAdmin(SettingAdmin):
    """SOP: S5"""

    write_form, write_title = TeamForm, _("Write a team")
    keyset = ("name",)
    list_display = ("name", "active")
    fields = (("name", "active"), "members")

    def initial_of(self, row: Any) -> dict[str, Any]:
        members = [str(pk) for pk in row.members.values_list("pk", flat=True)]
        return {"name": row.name, "active": row.active, "members": members}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        write_team(team_id=row.pk if row else None, **data, **who)
