"""The weekly market research, and all notes on the market."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.frame import AddingAdmin, category_choices, choose, picked
from catalog.enums.selection import NoteKind, ResearchState
from catalog.models import MarketNote, MarketResearch
from catalog.rules.selection.lifecycles import RESEARCH_LIFECYCLE
from catalog.services.selection import research
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin

_STATES = {ResearchState.OPEN: "amber", ResearchState.DONE: "green"}


class NoteForm(CommandForm):
    """What was learned, and where."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices)
    category_id = picked(_("Category"), help_text=_("Empty: it concerns the whole range."))
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Report, page, figures."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "category_id", category_choices(leaves=False))


@admin.register(MarketResearch)
class MarketResearchAdmin(LifecycleAdmin):
    """One look at the market a week; the first note finishes it. SOP: C1"""

    subject_kind = research.RESEARCH
    subject_argument = "research_id"
    state_field = "state"
    lifecycle = RESEARCH_LIFECYCLE
    commands = {"write_note": Command(_("Write a market note"), research.write_note, NoteForm)}
    list_display = ("week", "starts_on", "ends_on", "coloured_state", "due_at", "done_at", "done_by")
    list_filter = ("state",)
    search_fields = ("week__startswith",)
    fields = (("week", "starts_on", "ends_on"), ("state", "due_at"), ("done_at", "done_by"))
    change_form_outer_before_template: Any = "catalog/selection/research_page.html"

    @column(_("State"), colours=_STATES, ordering="state")
    def coloured_state(self, obj: MarketResearch) -> tuple[str, str]:
        return obj.state, obj.get_state_display()

    def page_context(self, request: HttpRequest, obj: MarketResearch) -> dict[str, Any]:
        return super().page_context(request, obj) | {"notes": obj.notes.select_related("category").order_by("id")}


@admin.register(MarketNote)
class MarketNoteAdmin(AddingAdmin):
    """Everything noted about the market: hot categories, price trends, the industry, competitors. SOP: C1, C26"""

    form_class, add_permission, add_title = NoteForm, "catalog.add_marketnote", _("New market note")
    list_display = ("noted_on", "kind", "category", "text", "source", "research", "author_label")
    list_select_related = ("category", "research")
    list_filter = ("kind", "category")
    search_fields = ("text__icontains", "source__icontains")
    fields = (("noted_on", "kind", "category"), "text", "source", ("research", "author_label"))

    def keep(self, row: None, form: NoteForm, actor: Actor) -> MarketNote:
        return research.add_note(**form.cleaned_data, actor=actor, now=clock.now())
