"""The work and the trail of the knowledge base, presence and tone."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME, Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.knowledge import panel
from support.rules.knowledge.lifecycle import ARTICLE_LIFECYCLE, TONE_LIFECYCLE
from support.services.knowledge import articles, presence, tone

panels.register(panels.Panel(_("Knowledge base"), "support/knowledge/panel.html", panel.VIEW, panel.ticket_panel))


def _article_page(public_id: str) -> str:
    return reverse("admin:support_article_change", args=[public_id])


def _tone_page(public_id: str) -> str:
    return reverse("admin:support_tonescore_change", args=[public_id])


def _pick(slot: datetime, now: datetime) -> int:
    """Yesterday's conversations, by the shop's day."""
    today = slot.astimezone(SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    return tone.pick(start=today - timedelta(days=1), end=today, now=now)


KINDS = (
    Kind(
        articles.PUBLISH,
        mark("Articles to publish"),
        mark("Publish “%(title)s”, or have it written anew"),
        Role.OPERATIONS_SUPERVISOR,
        _article_page,
        "S7",
    ),
    Kind(
        articles.REVIEW,
        mark("Articles to look at again"),
        mark("Does “%(title)s” still hold?"),
        Role.OPERATIONS_SUPERVISOR,
        _article_page,
        "S7",
    ),
    Kind(
        tone.SCORE,
        mark("Conversations to score"),
        mark("Ticket %(number)s: score how the agent spoke"),
        Role.OPERATIONS_SUPERVISOR,
        _tone_page,
        "S19",
    ),
    Kind(
        tone.TALK,
        mark("Conversations to talk over"),
        mark("Ticket %(number)s: talk over with the agent how it went"),
        Role.OPERATIONS_SUPERVISOR,
        _tone_page,
        "S19",
    ),
)
DUTIES = (
    Duty(
        "support.review_articles",
        "30 8 * * *",
        "S7",
        lambda slot, now: articles.ask_reviews(now=now),
        mark("Have old articles looked at again"),
    ),
    Duty(
        "support.close_silent_agents",
        "* * * * *",
        "S19",
        lambda slot, now: presence.close_silent(now=now),
        mark("Notice agents who are not there any more"),
    ),
    Duty("support.pick_tone", "10 8 * * *", "S19", _pick, mark("Pick conversations whose tone is scored")),
)
LABELS = {
    "support.article_written": mark("Version written"),
    "support.article_published": mark("Version published"),
    "support.article_kept": mark("Still holds"),
    "support.article_retired": mark("Article retired"),
    "support.phrase_added": mark("Phrase added"),
    "support.phrase_changed": mark("Phrase changed"),
    "support.presence_set": mark("Presence set"),
    "support.presence_lost": mark("No sign of life any more"),
    "support.tone_picked": mark("Conversation picked"),
    "support.tone_scored": mark("Conversation scored"),
    "support.tone_talked_over": mark("Conversation talked over"),
}
CHARTS = {
    "support.article": Chart(
        ARTICLE_LIFECYCLE,
        {
            "rewrite": mark("Write a new version"),
            "publish": mark("Publish the newest version"),
            "keep": mark("It still holds"),
            "retire": mark("Retire"),
        },
    ),
    "support.tone": Chart(TONE_LIFECYCLE, {"score": mark("Score"), "talk_over": mark("Talked over")}),
}
