"""The SOP's numbers for product reviews."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

REPLY_STARS = count(
    "support.review_reply_stars", mark("Reviews of so many stars or fewer are answered"), 3, Unit.POINTS, 1, 5, "S14"
)
REPLY_TIME = span("support.review_reply_time", mark("A review is answered within"), 24, Unit.HOURS, 1, 168, "S14")
TICKET_STARS = count(
    "support.review_ticket_stars", mark("Reviews of so many stars or fewer open a ticket"), 2, Unit.POINTS, 0, 5, "S14"
)

REVIEWS: list[Parameter[Any]] = [REPLY_STARS, REPLY_TIME, TICKET_STARS]
