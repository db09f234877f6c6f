"""What follows from an order's holds: whom to ask, what the clock does, and when a hold may be lifted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.enums.orders import HoldCode, PaymentStatus

# only the customer can end these: customer service contacts them first
CONTACT_CODES = frozenset({HoldCode.AWAITING_PAYMENT, HoldCode.ADDRESS, HoldCode.CONTACT, HoldCode.CUSTOMER_QUESTION})
# these stop the clock of the 24 hours; while a payment is awaited it has not started
STOPPING_CODES = CONTACT_CODES - {HoldCode.AWAITING_PAYMENT}


# a person lifts these only after the customer has been asked and has said what is right
VERIFIED_CODES = STOPPING_CODES


@dataclass(frozen=True)
class Stop:
    """A time in which the customer kept the order back; `ended_at` None while it lasts."""

    began_at: datetime
    ended_at: datetime | None


def needs_contact(codes: Collection[str]) -> bool:
    """True when one of these holds waits for the customer. SOP: O5"""
    return not CONTACT_CODES.isdisjoint(codes)


def needs_verification(code: str, *, opened_at: datetime, verified_at: datetime | None) -> bool:
    """True when the hold waits for a contact that verified the order, and none has taken place since it was opened.

    SOP: O5
    """
    return code in VERIFIED_CODES and (verified_at is None or verified_at < opened_at)


def is_stopped(codes: Collection[str]) -> bool:
    """True when one of these open holds stops the clock of the 24 hours. SOP: O17"""
    return not STOPPING_CODES.isdisjoint(codes)


def stopped_for(stops: Sequence[Stop], *, running_since: datetime, now: datetime) -> timedelta:
    """How long the clock stood until now, when the last hold of an unbroken row of them has just ended.

    Stops may overlap; what lies before the clock began to run does not count.
    SOP: O17
    """
    began = now
    for stop in sorted(stops, key=lambda each: each.began_at, reverse=True):
        if (stop.ended_at or now) >= began:
            began = min(began, stop.began_at)
    return max(now - max(began, running_since), timedelta())


def is_still_needed(
    code: str, *, payment_status: str, address_missing: Collection[str], contact_missing: Collection[str]
) -> bool:
    """True when what the hold waits for can be seen not to have happened; such a hold is not lifted by hand.

    SOP: O5
    """
    return {
        HoldCode.AWAITING_PAYMENT.value: payment_status == PaymentStatus.UNPAID,
        HoldCode.ADDRESS.value: bool(address_missing),
        HoldCode.CONTACT.value: bool(contact_missing),
    }.get(code, False)
