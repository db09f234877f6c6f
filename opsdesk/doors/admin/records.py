"""Admin pages that show and command, but never edit in place: buttons come from the lifecycle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from opsdesk.audit.queries import history
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.common.lifecycle import Lifecycle
from opsdesk.doors.admin import besides
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.keyset import KeysetAdmin
from opsdesk.inbox.queries import open_for


@dataclass(frozen=True)
class Command:
    """A button: its label, the service that it calls, and the form that asks for the service's arguments."""

    label: Any
    run: Callable[..., object]
    form: type[CommandForm] = CommandForm
    danger: bool = False
    fixed: Mapping[str, Any] = field(default_factory=dict)


class ReadOnlyAdmin(KeysetAdmin):
    """Deny by default: whoever holds the view permission looks, nobody adds, edits or deletes in place."""

    subject_kind: ClassVar[str] = ""
    shop_field: ClassVar[str] = ""
    actions = None
    list_disable_select_all = True
    change_form_outer_after_template: Any = "opsdesk/timeline.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        shops = actor_of(request).shop_ids
        if self.shop_field and shops is not None:
            rows = rows.filter(**{f"{self.shop_field}__in": shops})
        return rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Look up by public id as well: work items and events name their subject by it."""
        if "_" in object_id and any(f.name == "public_id" for f in self.model._meta.get_fields()):
            return self.get_queryset(request).filter(public_id=object_id).first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id) if object_id else None
        context = self.page_context(request, obj) if obj else {}
        return super().changeform_view(request, str(obj.pk) if obj else object_id, form_url, context | (extra_context or {}))

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the page of one object shows beside its fields."""
        if not self.subject_kind:
            return {}
        return {
            "timeline": history(self.subject_kind, obj.public_id),
            "open_work": open_for(self.subject_kind, obj.public_id),
            "besides": besides.shown(self.subject_kind, obj.public_id, actor_of(request), clock.now()),
        }


class LifecycleAdmin(ReadOnlyAdmin):
    """Pages of objects with a lifecycle. `subject_argument` is the services' name for the object's primary key."""

    lifecycle: ClassVar[Lifecycle]
    commands: ClassVar[Mapping[str, Command]]
    state_field: ClassVar[str] = "status"
    subject_argument: ClassVar[str]
    change_form_outer_before_template: Any = "opsdesk/commands.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.command_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_command"
        return [path("<path:object_id>/do/<slug:command>/", view, name=name), *super().get_urls()]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"commands": self.buttons(obj, actor_of(request))}

    def buttons(self, obj: Model, actor: Actor) -> list[dict[str, Any]]:
        """The commands that the actor may give now, each with its address."""
        names = self.lifecycle.available(getattr(obj, self.state_field), actor)
        target = f"admin:{self.opts.app_label}_{self.opts.model_name}_command"
        return [
            {
                "name": name,
                "label": self.commands[name].label,
                "danger": self.commands[name].danger,
                "url": reverse(target, args=[obj.pk, name]),
            }
            for name in names
            if name in self.commands
        ]

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """The form of a command; pages whose forms depend on the object say so here."""
        return command.form

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """Ask for the command's arguments, call its service, and say what came of it."""
        obj = self.get_object(request, object_id)
        if obj is None or command not in self.commands:
            raise Http404
        actor = actor_of(request)
        if not self.has_view_permission(request, obj) or not actor.can(self.lifecycle.transitions[command].permission):
            raise PermissionDenied
        chosen = self.commands[command]
        form = self.form_for(chosen, obj)(posted(request), request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    arguments = {self.subject_argument: obj.pk, **chosen.fixed, **form.cleaned_data}
                    chosen.run(**arguments, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("%(label)s: done.") % {"label": chosen.label})
                return HttpResponseRedirect(
                    reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
                )
        context = self.admin_site.each_context(request) | {
            "title": chosen.label,
            "subtitle": str(obj),
            "form": form,
            "command": chosen,
            "opts": self.opts,
            "original": obj,
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=200 if not form.errors else 422)
