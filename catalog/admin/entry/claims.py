"""Patterns of claims that listings must not make."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.vocabulary import FormAdmin, WordForm
from catalog.enums.listings import Severity, WordKind
from catalog.models import ClaimPattern
from catalog.services.entry import claims
from opsdesk.common import clock
from opsdesk.common.actors import Actor

_SYNTAX = _("? is any character, * up to six, # a number, [好大] one of these, | or. Such as: 最[好大]  100%*有效  #天*见效")


class ClaimForm(WordForm):
    """A pattern is judged as a word is."""

    word = None  # type: ignore[assignment]
    pattern = forms.CharField(label=_("Pattern"), max_length=60, help_text=_SYNTAX)
    field_order = ("pattern", "kind", "severity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": WordKind.FALSE_CLAIM, "severity": Severity.WARNING, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


@admin.register(ClaimPattern)
class ClaimPatternAdmin(FormAdmin):
    """Manners of claiming, with wildcards. SOP: C13"""

    form_class, fixed = ClaimForm, ("pattern",)
    list_display = ("pattern", "kind", "severity", "category", "allow_phrases", "may_override", "is_active")
    list_select_related = ("category",)
    list_filter = ("kind", "severity", "is_active")
    search_fields = ("pattern__icontains",)
    keyset = ("id",)
    fields = list_display

    def values(self, row: ClaimPattern) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields} | {"category": row.category_id}

    def keep(self, row: ClaimPattern | None, form: ClaimForm, actor: Actor) -> ClaimPattern:
        if row:
            return claims.change_pattern(pattern_id=row.pk, rules=form.rules(), actor=actor, now=clock.now())
        pattern = form.cleaned_data["pattern"]
        return claims.add_pattern(pattern=pattern, rules=form.rules(), actor=actor, now=clock.now())
