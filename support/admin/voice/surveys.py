"""Surveys in the browser: what customers answered, who is asked why, and how content they are. SOP: S11"""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.sla.pages import allow, answer, ticket_link
from support.admin.voice.forms import ConclusionForm, FindingForm, RoundForm
from support.enums.tickets import Channel, TicketType
from support.enums.voice import RoundState, SurveyState
from support.models import Survey, SurveyRound
from support.queries.voice import surveys as queries
from support.rules.voice.lifecycle import PLAN, ROUND_LIFECYCLE, SURVEY_LIFECYCLE
from support.services.voice import rounds, surveys

SURVEY_COLOURS = {
    SurveyState.SENT: "blue",
    SurveyState.ANSWERED: "green",
    SurveyState.FOLLOW_UP: "red",
    SurveyState.FOLLOWED_UP: "purple",
    SurveyState.EXPIRED: "grey",
}
ROUND_COLOURS = {
    RoundState.PLANNED: "blue",
    RoundState.RUNNING: "amber",
    RoundState.CLOSED: "red",
    RoundState.CONCLUDED: "green",
    RoundState.CANCELLED: "grey",
}
WEEKS = 12
MONTH = timedelta(days=30)


def shown_stars(stars: int | None) -> str:
    """The stars as they are given."""
    return "★" * stars + "☆" * (5 - stars) if stars else "–"


@admin.register(Survey)
class SurveyAdmin(LifecycleAdmin):
    """SOP: S11"""

    subject_kind = surveys.KIND
    subject_argument = "survey_id"
    state_field = "state"
    shop_field = "shop"
    lifecycle = SURVEY_LIFECYCLE
    commands = {"follow_up": Command(label=_("Customer was asked"), run=surveys.follow_up, form=FindingForm)}
    list_before_template: Any = "support/voice/survey_list_top.html"
    list_display = ("sent_at", "about", "given", "comment_begins", "agent", "coloured_state", "expires_at")
    list_filter = ("state", "stars", "shop")
    list_select_related = ("ticket", "round", "agent")
    search_fields = ("ticket__number__startswith",)
    fields = (
        ("about", "shop", "coloured_state"),
        ("agent", "sent_at", "expires_at"),
        ("given", "answered_at"),
        "comment",
        ("followed_up_by", "followed_up_at"),
        "finding",
    )
    readonly_fields = ("about", "given", "coloured_state")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket", "round", "shop", "agent")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.satisfaction_view)
        return [path("satisfaction/", view, name="support_survey_satisfaction"), *super().get_urls()]

    def satisfaction_view(self, request: HttpRequest) -> HttpResponseBase:
        """Response and stars of the last weeks, and of the last month by agent, type and channel."""
        allow(request, "support.view_survey")
        now, rows = clock.now(), queries.visible_to(actor_of(request)).filter(round=None)
        month = queries.sent_between(rows, now - MONTH, now)
        weeks = queries.ratings_by_week(queries.sent_between(rows, now - timedelta(weeks=WEEKS), now))
        types, channels = dict(TicketType.choices), dict(Channel.choices)
        tables = [
            (gettext("Agent"), [(name or "–", one) for name, one in queries.ratings_by(month, "agent__username").items()]),
            (gettext("Type"), [(types[key], one) for key, one in queries.ratings_by(month, "ticket__type").items()]),
            (gettext("Channel"), [(channels[key], one) for key, one in queries.ratings_by(month, "ticket__channel").items()]),
        ]
        context = self.admin_site.each_context(request) | {
            "title": gettext("Satisfaction"),
            "opts": self.opts,
            "whole": queries.rating(month),
            "weeks": [{"start": start, "rating": one} for start, one in weeks.items()],
            "tables": tables,
            "days": MONTH.days,
        }
        return TemplateResponse(request, "support/voice/satisfaction.html", context)

    @admin.display(description=_("about"))
    def about(self, row: Survey) -> Any:
        return ticket_link(row.ticket) if row.ticket else str(row.round)

    @admin.display(description=_("stars"))
    def given(self, row: Survey) -> str:
        return shown_stars(row.stars)

    @admin.display(description=_("comment"))
    def comment_begins(self, row: Survey) -> str:
        return row.comment[:60]

    @column(_("state"), colours=SURVEY_COLOURS)
    def coloured_state(self, row: Survey) -> tuple[str, str]:
        return row.state, row.get_state_display()


@admin.register(SurveyRound)
class SurveyRoundAdmin(LifecycleAdmin):
    """SOP: S11"""

    subject_kind = rounds.KIND
    subject_argument = "round_id"
    state_field = "state"
    shop_field = "shop"
    lifecycle = ROUND_LIFECYCLE
    commands = {
        "cancel": Command(label=_("Do not send"), run=rounds.cancel_round, form=ReasonForm, danger=True),
        "conclude": Command(label=_("Write the conclusion"), run=rounds.conclude_round, form=ConclusionForm),
    }
    list_before_template: Any = "support/voice/round_list_top.html"
    change_form_outer_after_template: Any = "support/voice/round.html"
    list_display = ("title", "shop", "category", "send_on", "coloured_state", "asked", "response", "mean")
    list_filter = ("state", "shop")
    list_select_related = ("shop", "category")
    fields = (
        ("title", "coloured_state"),
        "question",
        ("shop", "category"),
        ("bought_from", "bought_until"),
        ("send_on", "repeat_days", "planned_by"),
        ("asked", "sent_at", "closes_at"),
        "conclusion",
        "concluded_by",
    )
    readonly_fields = ("coloured_state",)

    def get_urls(self) -> list[URLPattern]:
        return [path("plan/", self.admin_site.admin_view(self.plan_view), name="support_surveyround_plan"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"may_plan": actor_of(request).can(PLAN)} | (extra_context or {})
        response = super().changelist_view(request, context)
        if shown := getattr(response, "context_data", None) or {}:
            self._rate(shown["cl"].result_list)
        return response

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        found = queries.series(obj)
        ratings = queries.ratings_of_rounds(row.pk for row in found)
        context = {"series": [{"row": row, "rating": ratings[row.pk]} for row in found], "rating": ratings[obj.pk]}
        return super().page_context(request, obj) | context

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """Plan a survey."""
        allow(request, PLAN)
        actor = actor_of(request)
        return answer(
            request,
            self,
            form=RoundForm(posted(request), actor=actor),
            run=lambda data: rounds.plan_round(**data, actor=actor, now=clock.now()),
            label=_("Plan a survey"),
            button=_("Plan"),
            back=reverse("admin:support_surveyround_changelist"),
        )

    def _rate(self, rows: list[Any]) -> None:
        """How each of the shown rounds was answered, with one statement."""
        ratings = queries.ratings_of_rounds(row.pk for row in rows)
        for row in rows:
            row.rating = ratings[row.pk]

    @admin.display(description=_("response"))
    def response(self, row: Any) -> str:
        return "–" if row.rating.response is None else f"{row.rating.response} %"

    @admin.display(description=_("mean of the stars"))
    def mean(self, row: Any) -> str:
        return "–" if row.rating.mean is None else str(row.rating.mean)

    @column(_("state"), colours=ROUND_COLOURS)
    def coloured_state(self, row: SurveyRound) -> tuple[str, str]:
        return row.state, row.get_state_display()
