"""The SOP's numbers for surveys."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

SURVEY_TIME = span("support.survey_time", mark("A survey can be answered for"), 14, Unit.DAYS, 1, 90, "S11")
LOW_STARS = count("support.low_stars", mark("Who gives so many stars or fewer is talked with"), 2, Unit.POINTS, 1, 4, "S11")
LOW_TIME = span("support.low_stars_time", mark("An unhappy customer is talked with within"), 24, Unit.HOURS, 1, 168, "S11")
SURVEY_REST = span(
    "support.survey_rest", mark("A periodic survey leaves alone who was asked within"), 30, Unit.DAYS, 0, 365, "S11"
)
SURVEY_MOST = count("support.survey_most", mark("A periodic survey asks at most"), 2000, Unit.PEOPLE, 1, 20_000, "S11")

SURVEYS: list[Parameter[Any]] = [SURVEY_TIME, LOW_STARS, LOW_TIME, SURVEY_REST, SURVEY_MOST]
