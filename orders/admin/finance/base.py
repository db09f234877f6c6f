"""Buttons beside the commands, and pages that ask for a service's arguments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin


class FinancePages(LifecycleAdmin):
    """Lists with buttons above them; rows that are looked at beyond their page."""

    list_before_template: Any = "orders/finance/list_top.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"list_buttons": self.list_buttons(actor_of(request))} | (extra_context or {}))

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        """What may be begun from the list."""
        return []

    def link(self, name: str, label: Any, *args: Any) -> dict[str, Any]:
        """A button that opens the address ``<model>_<name>``."""
        url = reverse(f"admin:orders_{self.opts.model_name}_{name}", args=args)
        return {"name": name, "label": label, "danger": False, "url": url}

    def seen(self, request: HttpRequest, object_id: str) -> Any:
        """The row, if the person may look at it. Raises: Http404, PermissionDenied."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def ask(self, request: HttpRequest, form: type[CommandForm], run: Callable[..., Any], title: Any) -> HttpResponse:
        """Ask for a service's arguments, call it, and open what it made."""
        filled = form(posted(request))
        if request.method == "POST" and filled.is_valid():
            try:
                with transaction.atomic():
                    made = run(**filled.cleaned_data, actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                filled.refuse(refusal)
            else:
                messages.success(request, _t("%(label)s: done.") % {"label": title})
                return HttpResponseRedirect(reverse(f"admin:orders_{self.opts.model_name}_change", args=[made.pk]))
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": filled,
            "command": {"label": title},
            "opts": self.opts,
            "original": "",
            "back": reverse(f"admin:orders_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=422 if filled.errors else 200)
