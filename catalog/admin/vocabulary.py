"""Categories and banned words: added and changed by forms, each by one service call."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.listing_fields import LinesField
from catalog.enums.listings import Severity, WordKind
from catalog.models import BannedWord, Category
from catalog.queries.entry.vocabulary import fields_by_category
from catalog.rules.completeness import LEAF_LEVEL
from catalog.services import vocabulary
from catalog.services.vocabulary import CategoryRules, WordRules
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.filters import choice_filter
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin


def category_choices(*, below: int) -> list[tuple[int | str, str]]:
    """The categories above a level, by their path."""
    rows = Category.objects.filter(level__lt=below).select_related("parent__parent").order_by("code")
    names = [(row.pk, " / ".join(str(c) for c in (row.parent and row.parent.parent, row.parent, row) if c)) for row in rows]
    return [("", "---------"), *sorted(names, key=lambda choice: choice[1])]


def whole(value: str) -> int | None:
    """A choice that may be left open."""
    return int(value) if value else None


class CategoryForm(CommandForm):
    code = forms.SlugField(label=_("Code"), max_length=60)
    parent = forms.TypedChoiceField(label=_("Parent"), required=False, coerce=whole, empty_value=None)
    name = forms.CharField(label=_("Name"), max_length=60)
    target_margin = forms.IntegerField(
        label=_("Target margin (percent)"), min_value=0, max_value=99, required=False, help_text=_("Empty: as above it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = category_choices(below=LEAF_LEVEL)

    def rules(self) -> CategoryRules:
        """The form as what the service takes."""
        data = self.cleaned_data
        return CategoryRules(data["name"], data["target_margin"])


class WordForm(CommandForm):
    word = forms.CharField(label=_("Word"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=WordKind.choices)
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)
    category = forms.TypedChoiceField(label=_("Only in category"), required=False, coerce=whole, empty_value=None)
    allow_phrases = LinesField(
        label=_("Allowed phrases"),
        length=60,
        required=False,
        help_text=_("Longer phrases in which it is harmless, one a line."),
    )
    is_active = forms.BooleanField(label=_("In force"), required=False, initial=True)
    may_override = forms.BooleanField(label=_("A supervisor may override it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)
        category.choices = category_choices(below=LEAF_LEVEL + 1)

    def rules(self) -> WordRules:
        """The form as what the service takes."""
        data = self.cleaned_data
        kind, severity = WordKind(data["kind"]), Severity(data["severity"])
        return WordRules(kind, severity, data["category"], data["allow_phrases"], data["is_active"], data["may_override"])


class FormAdmin(ReadOnlyAdmin):
    """A list whose rows are added and changed on a form; `fixed` are the fields that never change afterwards."""

    form_class: ClassVar[type[CommandForm]]
    fixed: ClassVar[tuple[str, ...]]
    change_form_outer_before_template: Any = "opsdesk/commands.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_edit"
        return [path("<path:object_id>/edit/", self.admin_site.admin_view(self.edit_view), name=name), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(f"catalog.add_{self.opts.model_name}")

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        may = actor_of(request).can(f"catalog.change_{self.opts.model_name}")
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_edit", args=[obj.pk])
        return {"commands": [{"name": "edit", "label": _("Edit"), "danger": False, "url": url}] if may else []}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._ask(request, None)

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Change a row."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not actor_of(request).can(f"catalog.change_{self.opts.model_name}"):
            raise PermissionDenied
        return self._ask(request, row)

    def keep(self, row: Any, form: Any, actor: Actor) -> Any:
        """The one service call."""
        raise NotImplementedError

    def values(self, row: Any) -> dict[str, Any]:
        """The form's first values."""
        raise NotImplementedError

    def _ask(self, request: HttpRequest, row: Any) -> HttpResponse:
        form = self.form_class(posted(request), initial=self.values(row) if row else request.GET.dict())
        for name in self.fixed if row else ():
            form.fields[name].disabled = True
        if request.method == "POST" and form.is_valid():
            try:
                kept = self.keep(row, form, actor_of(request))
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _t("Saved: %(row)s") % {"row": kept})
                return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": row or self.opts.verbose_name,
            "form": form,
            "command": {"label": _("Save")},
            "opts": self.opts,
            "original": row or "",
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=422 if form.errors else 200)


@admin.register(Category)
class CategoryAdmin(FormAdmin):
    """The tree of exactly three levels. SOP: C7"""

    form_class, fixed = CategoryForm, ("code", "parent")
    list_display = ("code", "name", "parent", "level", "target_margin")
    list_select_related = ("parent",)
    list_filter = (choice_filter(_("level"), "level", lambda: [(str(n), str(n)) for n in range(1, LEAF_LEVEL + 1)]),)
    search_fields = ("code__startswith", "name__icontains")
    keyset = ("code",)
    fields = list_display
    change_form_outer_before_template = "catalog/entry/category_page.html"

    def page_context(self, request: HttpRequest, obj: Category) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            "form_fields": fields_by_category(obj),
            "may_change_form": actor_of(request).can("catalog.change_categoryattribute"),
        }

    def values(self, row: Category) -> dict[str, Any]:
        names = ("code", "name", "target_margin")
        return {name: getattr(row, name) for name in names} | {"parent": row.parent_id}

    def keep(self, row: Category | None, form: CategoryForm, actor: Actor) -> Category:
        if row:
            return vocabulary.change_category(category_id=row.pk, rules=form.rules(), actor=actor, now=clock.now())
        data = form.cleaned_data
        return vocabulary.add_category(
            code=data["code"], parent_id=data["parent"], rules=form.rules(), actor=actor, now=clock.now()
        )


@admin.register(BannedWord)
class BannedWordAdmin(FormAdmin):
    """Words that listings must not use. SOP: C13"""

    form_class, fixed = WordForm, ("word",)
    list_display = ("word", "kind", "severity", "category", "allow_phrases", "is_active")
    list_select_related = ("category",)
    list_filter = ("kind", "severity", "is_active")
    search_fields = ("word__icontains",)
    keyset = ("word",)
    fields = list_display

    def values(self, row: BannedWord) -> dict[str, Any]:
        names = ("word", "kind", "severity", "allow_phrases", "is_active", "may_override")
        return {name: getattr(row, name) for name in names} | {"category": row.category_id}

    def keep(self, row: BannedWord | None, form: WordForm, actor: Actor) -> BannedWord:
        if row:
            return vocabulary.change_word(word_id=row.pk, rules=form.rules(), actor=actor, now=clock.now())
        return vocabulary.add_word(word=form.cleaned_data["word"], rules=form.rules(), actor=actor, now=clock.now())
