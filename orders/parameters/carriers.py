"""The SOP's numbers for carriers."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PACKAGING = count("orders.packaging_weight", mark("Weight of a parcel's packaging"), 100, Unit.GRAMS, 0, 10_000, "O11")
PROMISE = span("orders.delivery_promise", mark("Carriers deliver within"), 3, Unit.DAYS, 1, 30, "O11")
TRUST = count("orders.score_weight", mark("Weight of a carrier's rating against its price"), 50, Unit.PERCENT, 0, 300, "O11")
UNRATED = count("orders.unrated_points", mark("Carriers without a rating count with"), 80, Unit.POINTS, 0, 100, "O11")
MINIMUM = count("orders.rated_parcels", mark("Parcels before a carrier is rated"), 20, Unit.PIECES, 1, 10_000, "O11")
SHARE_ON_TIME = count("orders.points_on_time", mark("Points for delivery in time"), 50, Unit.POINTS, 1, 100, "O11")
SHARE_STALL = count("orders.points_news", mark("Points for parcels that never go silent"), 30, Unit.POINTS, 0, 100, "O11")
SHARE_LOSS = count("orders.points_intact", mark("Points for parcels neither lost nor damaged"), 20, Unit.POINTS, 0, 100, "O11")
CHOICE_TIME = span("orders.choice_time", mark("Time to find a carrier for a parcel"), 4, Unit.HOURS, 1, 48, "O11")
CLAIM_TIME = span("orders.claim_time", mark("A carrier answers claims within"), 7, Unit.DAYS, 1, 60, "O11")
LABELS_AT_ONCE = count("orders.labels_at_once", mark("Labels printed at once"), 200, Unit.PIECES, 1, 1000, "O11")

CARRIERS: list[Parameter[Any]] = [
    PACKAGING,
    PROMISE,
    TRUST,
    UNRATED,
    MINIMUM,
    SHARE_ON_TIME,
    SHARE_STALL,
    SHARE_LOSS,
    CHOICE_TIME,
    CLAIM_TIME,
    LABELS_AT_ONCE,
]
