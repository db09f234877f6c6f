"""What the lists of this area share: only warehouses that the person may know of, and buttons above the list."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from catalog.queries.stock import warehouses_visible_to
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin


class PlaceAdmin(LifecycleAdmin):
    """Rows of warehouses; `places` are the columns that name one, any of which lets the row be seen."""

    places: ClassVar[tuple[str, ...]] = ("warehouse",)
    list_before_template: Any = "catalog/inbound/list_top.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        actor = actor_of(request)
        if actor.shop_ids is None:
            return rows
        visible = warehouses_visible_to(actor).values("pk")
        seen = Q()
        for column in self.places:
            seen |= Q(**{f"{column}__in": visible})
        return rows.filter(seen)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"list_buttons": self.list_buttons(actor_of(request))} | (extra_context or {}))

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        """What may be begun from the list."""
        return []

    def button(self, name: str, label: Any, *args: Any, danger: bool = False) -> dict[str, Any]:
        """A button that opens the address ``<model>_<name>``."""
        url = reverse(f"admin:catalog_{self.opts.model_name}_{name}", args=args)
        return {"name": name, "label": label, "danger": danger, "url": url}

    def seen(self, request: HttpRequest, object_id: str, permission: str = "") -> Any:
        """The object, if the person may look at it and holds the permission. Raises: Http404, PermissionDenied."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or (permission and not actor_of(request).can(permission)):
            raise PermissionDenied
        return row

    def ask(
        self,
        request: HttpRequest,
        form_class: type[CommandForm],
        run: Callable[..., Any],
        title: Any,
        *,
        first: Mapping[str, Any] | None = None,
        original: Any = None,
        **fixed: Any,
    ) -> HttpResponse:
        """Ask for a service's arguments, call it, and go to the page of what it made, or back to the list."""
        form = form_class(posted(request), initial=dict(first or {}))
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    made = run(**fixed, **form.cleaned_data, actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _t("%(label)s: done.") % {"label": title})
                return HttpResponseRedirect(self.page_of(made))
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "command": {"label": title},
            "opts": self.opts,
            "original": original or "",
            "back": self.page_of(original),
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=422 if form.errors else 200)

    def page_of(self, row: Any) -> str:
        """Where a row is looked at; without one, the list."""
        name = f"admin:catalog_{self.opts.model_name}"
        return reverse(f"{name}_change", args=[row.pk]) if isinstance(row, self.model) else reverse(f"{name}_changelist")

    def sheet_of_paper(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """A page for the printer."""
        return TemplateResponse(request, template, {"now": clock.now(), **context})
