"""Surveys in the browser: what customers answered, who talks with the unhappy, and periodic surveys. SOP: S11"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.shops.queries import visible_to
from support.admin.tickets.desk import OwnChoicesAdmin
from support.enums.surveys import SurveyState
from support.models import Survey, SurveyPlan, Ticket
from support.queries.surveys import figures
from support.rules.surveys.answers import SURVEY_LIFECYCLE
from support.services.surveys import answering, inviting, plans

COLOURS = {SurveyState.SENT: "grey", SurveyState.ANSWERED: "green", SurveyState.FOLLOW_UP: "red", SurveyState.DONE: "blue"}
LOOKED_BACK = timedelta(days=30)  # of the figures above the list
MONTH = 30


def panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """What the customer answered about the ticket."""
    rows = figures.of_ticket(ticket)
    return {"surveys": rows} if rows else None


class NoteForm(CommandForm):
    note = forms.CharField(label=_("What was agreed"), max_length=1000, widget=forms.Textarea)


class PlanForm(CommandForm):
    """What is asked of whom, and how often."""

    title = forms.CharField(label=_("Title"), max_length=80)
    question = forms.CharField(label=_("Question"), max_length=200)
    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int, empty_value=None, required=False)
    product = forms.CharField(label=_("Buyers of this product only (code)"), max_length=60, required=False)
    bought_within_days = forms.IntegerField(label=_("Bought within (days)"), min_value=1, initial=MONTH)
    every_days = forms.IntegerField(label=_("Every (days); 0 is once"), min_value=0, initial=MONTH)
    next_at = forms.DateTimeField(
        label=_("Next sending; empty is at once"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    active = forms.BooleanField(label=pgettext_lazy("survey", "active"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = [(shop.pk, shop.name) for shop in visible_to(actor)]
        self.fields["shop_id"].choices = [("", _("all shops")), *shops]  # type: ignore[attr-defined]


@admin.register(Survey)
class SurveyAdmin(LifecycleAdmin):
    """SOP: S11"""

    subject_kind = inviting.KIND
    shop_field = "shop"
    subject_argument = "survey_id"
    state_field = "state"
    lifecycle = SURVEY_LIFECYCLE
    commands = {"follow_up": Command(label=_("Talked with the customer"), run=answering.follow_up, form=NoteForm)}
    list_before_template: Any = "support/surveys/figures.html"
    keyset = ("-id",)
    list_display = ("about", "coloured_state", "given", "comment", "agent", "sent_at", "answered_at")
    list_select_related = ("ticket", "wave__plan", "agent", "shop")
    list_filter = ("state", "stars")
    fields = (
        ("about", "coloured_state", "given"),
        ("shop", "agent"),
        "comment",
        ("sent_at", "expires_at", "answered_at"),
        "follow_up",
    )
    readonly_fields = ("about", "coloured_state", "given")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        actor, now = actor_of(request), clock.now()
        start = now - LOOKED_BACK
        context = {
            "content": figures.content(figures.visible_to(actor), start, now),
            "agents": figures.by_agent(actor, start, now),
            "days": LOOKED_BACK.days,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @column(_("about"))
    def about(self, row: Survey) -> str:
        return str(row)

    @column(_("stars"), ordering="stars")
    def given(self, row: Survey) -> str:
        return "★" * row.stars if row.stars else "–"

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: Survey) -> tuple[str, str]:
        return row.state, row.get_state_display()


@admin.register(SurveyPlan)
class SurveyPlanAdmin(OwnChoicesAdmin):
    """SOP: S11"""

    write_form, write_title = PlanForm, _("Plan a survey")
    subject_kind = plans.KIND
    keyset = ("title",)
    list_display = ("title", "question", "whose", "every_days", "next_at", "active")
    list_select_related = ("shop",)
    list_filter = ("active",)
    fields = (("title", "active"), "question", ("whose", "product", "bought_within_days"), ("every_days", "next_at"))
    readonly_fields = ("whose",)
    change_form_outer_after_template: Any = "support/surveys/waves.html"

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"waves": figures.waves_of(obj, actor_of(request))}

    def initial_of(self, row: Any) -> dict[str, Any]:
        names = ("title", "question", "shop_id", "bought_within_days", "every_days", "next_at", "active")
        return {name: getattr(row, name) for name in names} | {"product": row.product.code if row.product else ""}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        text = plans.PlanText(**{name: data[name] for name in plans.PlanText.__dataclass_fields__})
        plan_id = row.pk if row else None
        plans.write_plan(plan_id=plan_id, text=text, next_at=data["next_at"], active=data["active"], **who)

    @column(_("shop"))
    def whose(self, row: SurveyPlan) -> str:
        return row.shop.name if row.shop else str(_("all shops"))
