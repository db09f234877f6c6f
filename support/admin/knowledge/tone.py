"""How agents speak, scored in the browser. SOP: S19"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.enums.knowledge import ToneState
from support.models import ToneScore
from support.queries.knowledge import tone as queries
from support.rules.knowledge.lifecycle import TONE_LIFECYCLE
from support.services.knowledge import tone

COLOURS = {ToneState.OPEN: "amber", ToneState.COACHING: "red", ToneState.DONE: "green"}
LOOKED_BACK = timedelta(days=30)  # of the figures above the list


def _points(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=tone.BEST)


class ScoreForm(CommandForm):
    """Points from 1 to 5."""

    politeness = _points(_("Politeness"))
    clarity = _points(_("Clarity"))
    helpfulness = _points(_("Helpfulness"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)


class TalkForm(CommandForm):
    """What was agreed with the agent."""

    advice = forms.CharField(label=_("What was agreed"), max_length=500, widget=forms.Textarea)


@admin.register(ToneScore)
class ToneScoreAdmin(LifecycleAdmin):
    """SOP: S19"""

    subject_kind = tone.KIND
    shop_field = "ticket__shop"
    subject_argument = "score_id"
    state_field = "state"
    lifecycle = TONE_LIFECYCLE
    commands = {
        "score": Command(label=_("Score"), run=tone.score, form=ScoreForm),
        "talk_over": Command(label=_("Talked over"), run=tone.talk_over, form=TalkForm),
    }
    list_before_template: Any = "support/knowledge/tone_list_top.html"
    change_form_outer_after_template: Any = "support/knowledge/tone_conversation.html"
    keyset = ("-id",)
    list_display = ("ticket", "agent", "coloured_state", "due_at", "politeness", "clarity", "helpfulness")
    list_select_related = ("ticket", "agent")
    list_filter = ("state",)
    fields = (
        ("ticket", "agent", "coloured_state"),
        ("politeness", "clarity", "helpfulness"),
        ("due_at", "scored_by", "scored_at"),
        ("note", "advice", "talked_at"),
    )
    readonly_fields = ("coloured_state",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        now = clock.now()
        means = queries.by_agent(actor_of(request), now - LOOKED_BACK, now)
        context = {"means": means, "days": LOOKED_BACK.days}
        return super().changelist_view(request, context | (extra_context or {}))

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"conversation": queries.conversation(obj)}

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: ToneScore) -> tuple[str, str]:
        return row.state, row.get_state_display()
