"""The SOP's numbers for the warehouse."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

ALLOCATION_TIME = span("orders.allocation_time", mark("Time to choose a warehouse by hand"), 2, Unit.HOURS, 1, 48, "O8")
WAVE_SIZE = count("orders.wave_size", mark("Orders in one wave at most"), 50, Unit.TIMES, 1, 500, "O9")
SHORT_TIME = span("orders.short_pick_time", mark("Time to look for missing pieces"), 4, Unit.HOURS, 1, 48, "O9")
PUSH_BATCH = count("orders.push_batch", mark("Orders sent to the warehouse system in one run"), 200, Unit.TIMES, 1, 2000, "O6")
PUSH_SECONDS = span("orders.push_seconds", mark("Time for the warehouse system's answer"), 10, Unit.SECONDS, 1, 60, "O6")
PUSH_WAIT = span("orders.push_wait", mark("An unanswered order is sent again after"), 2, Unit.MINUTES, 1, 60, "O6")
PUSH_ATTEMPTS = count("orders.push_attempts", mark("Attempts to send one order"), 5, Unit.TIMES, 1, 12, "O6")
PUSH_TIME = span("orders.push_time", mark("Time to settle an order that was not taken over"), 2, Unit.HOURS, 1, 48, "O6")
RECALL_TIME = span("orders.recall_time", mark("Time to settle a cancellation that came too late"), 4, Unit.HOURS, 1, 72, "O18")

FULFILMENT: list[Parameter[Any]] = [
    ALLOCATION_TIME,
    WAVE_SIZE,
    SHORT_TIME,
    PUSH_BATCH,
    PUSH_SECONDS,
    PUSH_WAIT,
    PUSH_ATTEMPTS,
    PUSH_TIME,
    RECALL_TIME,
]
