"""Pages that are written on a form of their own: one for a new row, one for changing it, each with one service call."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import Category
from catalog.models.category import LEAF_LEVEL
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.common.lifecycle import Lifecycle
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.doors.api.problems import status_of

EMPTY: tuple[str, Any] = ("", "---------")


def whole(value: str) -> int | None:
    """The number that a choice stands for."""
    return int(value) if value else None


def picked(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TypedChoiceField:
    """A choice of a row by its key."""
    return forms.TypedChoiceField(label=label, required=required, coerce=whole, empty_value=None, help_text=help_text)


def category_choices(*, leaves: bool) -> list[tuple[Any, Any]]:
    """The categories by their path: those of level 3 only, or all."""
    rows = Category.objects.select_related("parent__parent")
    rows = rows.filter(level=LEAF_LEVEL) if leaves else rows
    paths = [(row.pk, " / ".join(str(c) for c in (row.parent and row.parent.parent, row.parent, row) if c)) for row in rows]
    return [EMPTY, *sorted(paths, key=lambda choice: choice[1])]


def choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Fill a field's choices when the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class AddingAdmin(LifecycleAdmin):
    """A list to which rows are added on a form; without a lifecycle of their own they stay as they are."""

    lifecycle = Lifecycle()
    commands = {}
    state_field = "pk"

    form_class: ClassVar[type[CommandForm]]
    add_permission: ClassVar[str]
    add_title: ClassVar[Any]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(self.add_permission)

    def keep(self, row: Any, form: Any, actor: Actor) -> Model:
        """The one service call: a new row when `row` is None."""
        raise NotImplementedError

    def values(self, row: Any) -> Mapping[str, Any]:
        """The form's first values of a row."""
        raise NotImplementedError

    def make_form(self, request: HttpRequest, row: Any) -> CommandForm:
        """The form of a request."""
        return self.form_class(posted(request), initial=self.values(row) if row else None)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for a new row and keep it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.ask(request, None, self.add_title, self.changelist())

    def changelist(self) -> str:
        """The list's address."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def page_of(self, row: Model) -> str:
        """Where one goes when a row is kept."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def ask(self, request: HttpRequest, row: Any, title: Any, back: str) -> HttpResponse:
        """Show the form, or keep what it says."""
        form, status = self.make_form(request, row), 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    kept = self.keep(row, form, actor_of(request))
                except DomainError as refusal:
                    form.refuse(refusal)
                    status = status_of(refusal)
                else:
                    messages.success(request, gettext("Saved: %(row)s") % {"row": kept})
                    return HttpResponseRedirect(self.page_of(kept))
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "back": back,
            "opts": self.opts,
            "original": row,
        }
        return TemplateResponse(request, "catalog/selection/form.html", context, status=status)


class WritingAdmin(AddingAdmin):
    """Pages of objects whose lifecycle has a step "edit", taken on the same form."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_edit"
        return [path("<path:object_id>/edit/", self.admin_site.admin_view(self.edit_view), name=name), *super().get_urls()]

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Change a row."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        permission = self.lifecycle.transitions["edit"].permission
        if not self.has_view_permission(request, row) or not actor_of(request).can(permission):
            raise PermissionDenied
        return self.ask(request, row, row, self.page_of(row))

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and the screen on which the row is changed behind them."""
        found = super().buttons(obj, actor)
        if "edit" in self.lifecycle.available(getattr(obj, self.state_field), actor):
            url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_edit", args=[obj.pk])
            found.append({"name": "edit", "label": _("Edit"), "danger": False, "url": url})
        return found


class NumberFilter(admin.SimpleListFilter):
    """A bound that people type: `lookup` is what it is compared by, such as ``score__gte``."""

    template = "catalog/selection/number_filter.html"
    lookup: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("", "")]

    def choices(self, changelist: Any) -> Any:
        yield {"name": self.parameter_name, "value": self.value() or ""}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        text = (self.value() or "").strip()
        if not text:
            return queryset
        try:
            bound = Decimal(text)
        except InvalidOperation:
            bound = Decimal("NaN")
        if not bound.is_finite() or abs(bound) >= 10**12:
            messages.error(
                request, gettext("“%(text)s” is not a number; the list is not filtered by it.") % {"text": text[:40]}
            )
            return queryset
        return queryset.filter(**{self.lookup: bound})
