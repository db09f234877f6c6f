"""Tracking numbers, and where a parcel is after any number of reports in any order."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark
from orders.enums.tracking import ShipmentState as S
from orders.enums.tracking import TrackingCode as C

_NUMBER = re.compile(r"[A-Z0-9-]{6,32}", re.ASCII)
_SPREADSHEET = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]{1,3}", re.ASCII)

STATE_AFTER: dict[str, S] = {
    C.INFO_RECEIVED: S.INFO_RECEIVED,
    C.IN_TRANSIT: S.IN_TRANSIT,
    C.OUT_FOR_DELIVERY: S.OUT_FOR_DELIVERY,
    C.ATTEMPT_FAILED: S.EXCEPTION,
    C.EXCEPTION: S.EXCEPTION,
    C.DELIVERED: S.DELIVERED,
    C.RETURNED: S.RETURNED,
}
UNDER_WAY = (S.INFO_RECEIVED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.EXCEPTION)
# Of two reports of the same second, the one that stands further right counts.
_RANK = {state: rank for rank, state in enumerate(UNDER_WAY)}
# Of a delivery and a return in the same second, the delivery counts.
_END_RANK = {S.DELIVERED: 0, S.RETURNED: 1}


@dataclass(frozen=True)
class Progress:
    """How far a parcel has come, by the carrier's times; `finished_at` is None while it is under way."""

    state: str
    last_event_at: datetime | None = None
    finished_at: datetime | None = None


def tracking_number(text: str) -> str:
    """The number as it is kept: compatibility forms folded, trimmed, in capitals.

    A number that a spreadsheet has turned into 1.23E+14 has lost its digits and is refused.
    Raises: Malformed.
    SOP: O12
    """
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if _SPREADSHEET.fullmatch(number):
        message = mark("A spreadsheet has shortened this number; enter its digits as text.")
        raise Malformed(message, code="numeric_cell_precision")
    if not _NUMBER.fullmatch(number):
        message = mark("A tracking number has 6 to 32 letters, digits and hyphens.")
        raise Malformed(message, code="invalid_tracking_no")
    return number


def advance(progress: Progress, *, code: str, occurred_at: datetime) -> Progress:
    """Where the parcel is once this report is known as well.

    The result depends on the set of reports alone, not on the order in which they come: the newest report decides
    while the parcel is under way; the earliest delivery or return ends its way for good, so that a parcel which was
    delivered is never in transit again.
    SOP: O14
    """
    state = STATE_AFTER[code]
    newest = max(filter(None, (progress.last_event_at, occurred_at)))
    if state in _END_RANK:
        return _ended(progress, state, occurred_at, newest)
    if progress.finished_at is None and _is_newer(progress, state, occurred_at):
        return Progress(state, newest)
    return Progress(progress.state, newest, progress.finished_at)


def is_under_way(state: str) -> bool:
    """True while the carrier has the parcel."""
    return state in UNDER_WAY


def _ended(progress: Progress, state: S, occurred_at: datetime, newest: datetime) -> Progress:
    if progress.finished_at is not None:
        known = (progress.finished_at, _END_RANK[S(progress.state)])
        if known <= (occurred_at, _END_RANK[state]):
            return Progress(progress.state, newest, progress.finished_at)
    return Progress(state, newest, occurred_at)


def _is_newer(progress: Progress, state: S, occurred_at: datetime) -> bool:
    if progress.last_event_at is None:
        return True
    return (occurred_at, _RANK[state]) >= (progress.last_event_at, _RANK[S(progress.state)])
