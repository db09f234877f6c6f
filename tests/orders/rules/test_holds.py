"""Whom a hold asks, and what it does to the clock."""

from datetime import timedelta

import pytest

from orders.enums.orders import HoldCode, PaymentStatus
from orders.rules.holds import Stop, is_still_needed, is_stopped, needs_contact, stopped_for
from tests.builders.times import at

CUSTOMERS = {"awaiting_payment", "address", "contact", "customer_question"}


@pytest.mark.parametrize("code", HoldCode.values)
def test_only_what_waits_for_the_customer_asks_and_only_some_of_it_stops_the_clock(code: str) -> None:
    assert needs_contact([code]) is (code in CUSTOMERS)
    assert is_stopped([code]) is (code in CUSTOMERS - {"awaiting_payment"})


def test_no_hold_asks_nobody() -> None:
    assert (needs_contact([]), is_stopped([])) == (False, False)


@pytest.mark.parametrize(
    ("stops", "running_since", "hours"),
    [
        ([], at(8), 0),
        ([Stop(at(10), at(12))], at(8), 2),
        ([Stop(at(10), at(12))], at(11), 1),
        ([Stop(at(10), at(12))], at(13), 0),
        ([Stop(at(9), at(11)), Stop(at(10), at(12))], at(8), 3),
        ([Stop(at(9), at(12)), Stop(at(10), at(11))], at(8), 3),
        ([Stop(at(9), at(10)), Stop(at(10), at(12))], at(8), 3),
        ([Stop(at(8), at(9)), Stop(at(10), at(12))], at(8), 2),
        ([Stop(at(10), None)], at(8), 2),
    ],
)
def test_the_clock_stood_for_the_last_unbroken_row_of_holds(stops: list[Stop], running_since: object, hours: int) -> None:
    assert stopped_for(stops, running_since=running_since, now=at(12)) == timedelta(hours=hours)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "expected"), [("awaiting_payment", True), ("address", True), ("contact", True), ("risk", False), ("stock", False)]
)
def test_what_has_not_happened_keeps_its_hold(code: str, expected: bool) -> None:
    missing = {"address_missing": ["city"], "contact_missing": ["phone"]}

    assert is_still_needed(code, payment_status=PaymentStatus.UNPAID, **missing) is expected
    assert is_still_needed(code, payment_status=PaymentStatus.PAID, address_missing=[], contact_missing=[]) is False
