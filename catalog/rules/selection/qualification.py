"""Whether a supplier may be bought from. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta


def is_valid(*, expires_on: date | None, today: date) -> bool:
    """True until the end of the day on which a document expires; without such a day it is valid for ever. SOP: C2"""
    return expires_on is None or expires_on >= today


def is_due(*, expires_on: date | None, today: date, warning: timedelta) -> bool:
    """True when a document has expired or will within the warning time. SOP: C2"""
    return expires_on is not None and expires_on <= today + warning


def lacking(*, required: Collection[str], held: Iterable[tuple[str, date | None]], today: date) -> list[str]:
    """The required kinds of document of which the supplier has no valid one.

    `held` are the kinds of its current documents with the day each expires.
    SOP: C2
    """
    valid = {kind for kind, expires_on in held if is_valid(expires_on=expires_on, today=today)}
    return [kind for kind in required if kind not in valid]


def in_order(*, issued_on: date, expires_on: date | None, today: date) -> bool:
    """True when a document was issued by today and before it expires."""
    return issued_on <= today and (expires_on is None or issued_on <= expires_on)
