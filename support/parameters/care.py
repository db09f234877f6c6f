"""The SOP's numbers for customer care."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

CALL_TIME = span("support.call_time", mark("A planned return visit is made within"), 24, Unit.HOURS, 1, 168, "S16")
CALL_AGAIN = span("support.call_again", mark("Who was not reached is called again after"), 24, Unit.HOURS, 1, 168, "S16")
CALL_ATTEMPTS = count("support.call_attempts", mark("A return visit is given up after calls"), 3, Unit.TIMES, 1, 10, "S16")
WRITE_REST = span("support.write_rest", mark("A customer gets one broadcast at most within"), 7, Unit.DAYS, 0, 90, "S17")
WRITE_MOST = count("support.write_most", mark("A broadcast goes to at most"), 20_000, Unit.PEOPLE, 1, 200_000, "S17")
RECOMMENDED = count("support.recommended", mark("Products recommended beside a ticket"), 3, Unit.PIECES, 0, 10, "S15")

CARE: list[Parameter[Any]] = [CALL_TIME, CALL_AGAIN, CALL_ATTEMPTS, WRITE_REST, WRITE_MOST, RECOMMENDED]
