"""The SOP's numbers for the knowledge base, the bot, and how agents speak."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

REVIEW_TIME = span("support.article_review_time", mark("Articles are looked at again after"), 180, Unit.DAYS, 7, 1000, "S7")
PUBLISH_TIME = span("support.article_publish_time", mark("Time to publish an article"), 24, Unit.HOURS, 1, 240, "S7")
SUGGESTIONS = count("support.suggestions", mark("Articles that are suggested beside a ticket"), 3, Unit.PIECES, 1, 10, "S7")
SUGGEST_LIKENESS = count(
    "support.suggest_likeness", mark("Articles are suggested from this likeness on"), 15, Unit.PERCENT, 1, 100, "S7"
)

BOT_LIKENESS = count("support.bot_likeness", mark("The bot answers from this likeness on"), 35, Unit.PERCENT, 1, 100, "S18")
BOT_ANSWERS = count("support.bot_answers", mark("Answers of the bot before a person takes over"), 3, Unit.TIMES, 1, 20, "S18")
BOT_QUIET = span("support.bot_quiet", mark("A customer answered by the bot is content after"), 30, Unit.MINUTES, 5, 1440, "S18")

AWAY_AFTER = span("support.away_after", mark("An agent without a sign of life is away after"), 5, Unit.MINUTES, 1, 120, "S19")
TONE_SHARE = count("support.tone_share", mark("Conversations whose tone is scored"), 5, Unit.PERCENT, 0, 100, "S19")
TONE_TIME = span("support.tone_time", mark("Time to score a conversation"), 48, Unit.HOURS, 1, 240, "S19")
TONE_POINTS = count("support.tone_points", mark("Points from which a conversation is good"), 3, Unit.POINTS, 1, 5, "S19")

KNOWLEDGE: list[Parameter[Any]] = [
    REVIEW_TIME,
    PUBLISH_TIME,
    SUGGESTIONS,
    SUGGEST_LIKENESS,
    BOT_LIKENESS,
    BOT_ANSWERS,
    BOT_QUIET,
    AWAY_AFTER,
    TONE_SHARE,
    TONE_TIME,
    TONE_POINTS,
]
