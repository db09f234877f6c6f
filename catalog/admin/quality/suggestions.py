"""Suggestions to change a listing: decided by the specialist, measured afterwards."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, BLUE, GREEN, GREY, RED, AddedByForm
from catalog.enums.quality import CheckedField, Effect, FeedbackReason, SuggestionState
from catalog.models import ProductFeedback, Suggestion
from catalog.queries.listings import products_for
from catalog.rules.quality.lifecycles import SUGGESTION_LIFECYCLE
from catalog.rules.quality.suggestions import PERCENT
from catalog.services.quality import suggestions
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.words import say

_COLOURS = {
    SuggestionState.OPEN: AMBER,
    SuggestionState.ACCEPTED: BLUE,
    SuggestionState.PUBLISHED: BLUE,
    SuggestionState.MEASURED: GREEN,
    SuggestionState.DECLINED: GREY,
}
_FIGURES = (
    ("per_day", _("Pieces sold a day"), ""),
    ("sold", _("Pieces sold"), ""),
    ("returned", _("Pieces returned"), ""),
    ("return_rate", _("Return rate"), _("not known: nothing was sold")),
    ("conversion", _("Conversion"), _("not known: no visitors were imported for these days")),
)
_SHARES = ("return_rate", "conversion")
ROWS_SHOWN = 100


class ProposeForm(CommandForm):
    """A colleague's own suggestion."""

    product_code = forms.CharField(label=_("Product code"), max_length=60)
    field = forms.ChoiceField(label=_("Field to change"), choices=CheckedField.choices)
    because = forms.CharField(label=_("Reason"), max_length=250, widget=forms.Textarea)


@admin.register(Suggestion)
class SuggestionAdmin(AddedByForm):
    """What facts speak for, and what came of it. SOP: C19"""

    subject_kind = suggestions.SUBJECT
    subject_argument = "suggestion_id"
    state_field = "state"
    lifecycle = SUGGESTION_LIFECYCLE
    commands = {
        "accept": Command(_("Accept and open a draft"), suggestions.accept),
        "decline": Command(_("Decline"), suggestions.decline, ReasonForm, danger=True),
    }
    add_form_class, add_permission, add_title = ProposeForm, "catalog.add_suggestion", _("Suggest a change")
    list_display = ("product", "stage", "rule", "field", "because", "result", "opened_at", "decide_by")
    list_select_related = ("product",)
    list_filter = ("state", "rule", "field", "effect")
    search_fields = ("product__code__startswith", "public_id")
    fields = (
        "product",
        "stage",
        "rule",
        "field",
        "because",
        "opened_at",
        "decide_by",
        "decided_by",
        "decided_at",
        "reason",
        "revision",
        "published_at",
        "measure_by",
        "result",
    )
    change_form_outer_before_template: Any = "catalog/quality/suggestion.html"

    @column(_("state"), colours=_COLOURS, ordering="state")
    def stage(self, row: Suggestion) -> Any:
        return SuggestionState(row.state), SuggestionState(row.state).label

    @column(_("effect"), colours={Effect.BETTER: GREEN, Effect.SAME: GREY, Effect.WORSE: RED})
    def result(self, row: Suggestion) -> Any:
        return (Effect(row.effect), Effect(row.effect).label) if row.effect else None

    @admin.display(description=_("because"))
    def because(self, row: Suggestion) -> str:
        text = say(row.message, row.params)
        reason = row.params.get("reason")
        return f"{text} ({FeedbackReason(reason).label})" if reason else text

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(product__in=products_for(actor_of(request)).values("pk"))

    def add(self, data: dict[str, Any], actor: Actor, now: datetime) -> Any:
        return suggestions.propose_improvement(**data, actor=actor, now=now)

    def page_context(self, request: HttpRequest, obj: Suggestion) -> dict[str, Any]:
        actor = actor_of(request)
        voices = ProductFeedback.objects.filter(pk__in=obj.feedback_ids).select_related("sku").order_by("pk")
        return super().page_context(request, obj) | {
            "voices": voices[:ROWS_SHOWN] if actor.can("catalog.view_productfeedback") else [],
            "draft": obj.revision if obj.state != SuggestionState.DECLINED else None,
            "figures": _figures(obj) if obj.after else [],
        }


def _figures(one: Suggestion) -> list[tuple[Any, str, str]]:
    """The figures before and after, shares in percent; what is not known says why."""
    return [
        (label, _written(name, one.before[name], unknown), _written(name, one.after[name], unknown))
        for name, label, unknown in _FIGURES
    ]


def _written(name: str, figure: float | None, unknown: Any) -> str:
    if figure is None:
        return str(unknown)
    if name in _SHARES:
        return f"{number_format(figure * PERCENT, 1)} %"
    return number_format(figure, 2 if name == "per_day" else 0)
