"""The SOP's numbers for parcels on their way."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

CARRIER_SILENCE = span("orders.carrier_silence", mark("A parcel without news stalls after"), 48, Unit.HOURS, 1, 720, "O14")
CASE_TIME = span("orders.case_time", mark("Time to settle a carrier case"), 24, Unit.HOURS, 1, 240, "O14")
TRACKING_AHEAD = span(
    "orders.tracking_ahead", mark("A carrier's report may lie in the future by"), 5, Unit.MINUTES, 0, 60, "O14"
)

TRACKING: list[Parameter[Any]] = [CARRIER_SILENCE, CASE_TIME, TRACKING_AHEAD]
