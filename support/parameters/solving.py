"""The SOP's numbers for solutions."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

ASK_AGAIN = span("support.ask_again", mark("Who was not reached is asked again after"), 24, Unit.HOURS, 1, 168, "S10")
SILENCE = span("support.confirmed_by_silence", mark("A solution is confirmed by silence after"), 7, Unit.DAYS, 1, 60, "S10")
NEWS_TIME = span("support.solution_news", mark("A customer hears that a return has ended within"), 4, Unit.HOURS, 1, 72, "S8")

SOLVING: list[Parameter[Any]] = [ASK_AGAIN, SILENCE, NEWS_TIME]
