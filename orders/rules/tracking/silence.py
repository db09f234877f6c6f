"""How long a carrier may be silent, and a customer not confirm. Spans are parameters, moments are aware. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


def update_by(*, handed_over_at: datetime, last_event_at: datetime | None, span: timedelta) -> datetime:
    """When the silence about a parcel becomes suspicious.

    Counted from the carrier's own time of its newest report, from the hand-over while there is none.
    SOP: O14
    """
    return (last_event_at or handed_over_at) + span


def is_silent(*, update_by: datetime, now: datetime) -> bool:
    """True from the full span on: at 48:00:00, not at 47:59:59. SOP: O14"""
    return now >= update_by


@dataclass(frozen=True)
class Handover:
    """A parcel of an order: when it left and, if so, when it was delivered."""

    handed_over_at: datetime
    delivered_at: datetime | None = None


def confirm_by(parcels: Sequence[Handover], *, span: timedelta, allowance: timedelta) -> datetime:
    """When the customer is asked whether everything has arrived.

    Runs from the delivery of the last parcel; for a parcel without a delivery report, from its hand-over plus the
    allowance.
    SOP: O16
    """
    return max(parcel.delivered_at or parcel.handed_over_at + allowance for parcel in parcels) + span
