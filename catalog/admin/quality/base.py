"""What the screens share: rows that are added by a form and one service call."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin

AMBER, RED, GREEN, BLUE, GREY = "amber", "red", "green", "blue", "grey"


class AddedByForm(LifecycleAdmin):
    """For objects with a lifecycle that are added on a form; `add` is the one service call and returns the row."""

    add_form_class: ClassVar[type[CommandForm]]
    add_permission: ClassVar[str]
    add_title: ClassVar[Any]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(self.add_permission)

    def add(self, data: dict[str, Any], actor: Actor, now: datetime) -> Any:
        """The one service call."""
        raise NotImplementedError

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for what the service takes, and open what it made."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.add_form_class(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                row = self.add(form.cleaned_data, actor_of(request), clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _t("Saved: %(row)s") % {"row": row})
                name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(name, args=[row.pk]))
        return form_page(self, request, form, title=self.add_title, label=_("Save"))


def form_page(
    admin: Any,
    request: HttpRequest,
    form: CommandForm,
    *,
    title: Any,
    label: Any,
    original: Any = "",
    template: str = "opsdesk/command.html",
    **more: Any,
) -> HttpResponse:
    """A form in the back-office's frame."""
    context = admin.admin_site.each_context(request) | {
        "title": title,
        "form": form,
        "command": {"label": label},
        "opts": admin.opts,
        "original": original,
        **more,
    }
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)
