"""The SOP's numbers for parcels on their way."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

CARRIER_SILENCE = span("orders.carrier_silence", mark("A parcel without news stalls after"), 48, Unit.HOURS, 1, 720, "O14")
CASE_TIME = span("orders.case_time", mark("Time to settle a carrier case"), 24, Unit.HOURS, 1, 240, "O14")
TRACKING_AHEAD = span(
    "orders.tracking_ahead", mark("A carrier's report may lie in the future by"), 5, Unit.MINUTES, 0, 60, "O14"
)
POLL_EVERY = span("orders.poll_every", mark("A parcel is asked after every"), 30, Unit.MINUTES, 30, 720, "O14")
POLL_BATCH = count("orders.poll_batch", mark("Parcels asked after in one run"), 500, Unit.PIECES, 10, 5000, "O14")
POLL_SECONDS = span("orders.poll_time", mark("Time for the answer to one question"), 5, Unit.SECONDS, 1, 30, "O14")
FEED_FAILURE = span("orders.feed_failure", mark("A failing carrier feed is an alarm after"), 60, Unit.MINUTES, 15, 1440, "O14")
FEED_SILENCE = span(
    "orders.feed_silence", mark("A source that reports by itself is an alarm after silence of"), 12, Unit.HOURS, 1, 72, "O14"
)
FEED_TIME = span("orders.feed_time", mark("Time to repair a carrier feed"), 4, Unit.HOURS, 1, 72, "O14")
INTERCEPT_TIME = span("orders.intercept_time", mark("Time to ask the carrier to stop a parcel"), 2, Unit.HOURS, 1, 48, "O18")
INTERCEPT_RETURN_TIME = span("orders.intercept_return", mark("A stopped parcel is back within"), 7, Unit.DAYS, 1, 30, "O18")
CHECK_IN_TIME = span("orders.check_in_time", mark("Time to inspect a stopped parcel"), 24, Unit.HOURS, 1, 120, "O18")

TRACKING: list[Parameter[Any]] = [
    CARRIER_SILENCE,
    CASE_TIME,
    TRACKING_AHEAD,
    POLL_EVERY,
    POLL_BATCH,
    POLL_SECONDS,
    FEED_FAILURE,
    FEED_SILENCE,
    FEED_TIME,
    INTERCEPT_TIME,
    INTERCEPT_RETURN_TIME,
    CHECK_IN_TIME,
]
