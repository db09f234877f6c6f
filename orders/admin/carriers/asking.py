"""Commands beside the lifecycle: rows that are added or removed, with the list as the place to go back to."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin


class AskingAdmin(LifecycleAdmin):
    """Asks for the arguments of a command that makes or removes a row."""

    def ask(
        self,
        request: HttpRequest,
        command: Command,
        permission: str,
        *,
        row: Any = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Ask, call the service, and go back to the list."""
        actor = actor_of(request)
        if not self.has_view_permission(request, row) or not actor.can(permission):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        form = command.form(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    command.run(**(arguments or {}), **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("%(label)s: done.") % {"label": command.label})
                return HttpResponseRedirect(back)
        context = self.admin_site.each_context(request) | {
            "title": command.label,
            "subtitle": str(row or ""),
            "form": form,
            "command": command,
            "opts": self.opts,
            "original": row or "",
            "back": back,
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=200 if not form.errors else 422)
