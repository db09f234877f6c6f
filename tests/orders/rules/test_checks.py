"""What the automatic checks say of payment, address and contact."""

from dataclasses import replace
from decimal import Decimal

import pytest

from orders.enums.orders import CheckResult, PaymentStatus
from orders.rules.intake import checks
from orders.rules.intake.draft import DraftAddress

WHOLE = DraftAddress("王小明", "+8613800000000", "广东省", "深圳市", "南山区", "科技园路1号", "518000")
PRICE = Decimal("10.00")


@pytest.mark.parametrize(
    ("status", "amount", "result", "hold"),
    [
        ("unpaid", None, "failed", "awaiting_payment"),
        ("paid", None, "ok", None),
        ("paid", PRICE, "ok", None),
        ("paid", Decimal("9.99"), "doubtful", None),
        ("paid", Decimal("10.01"), "doubtful", None),
        ("cod", Decimal(0), "ok", None),
    ],
)
def test_a_payment_must_be_the_payable_amount(status: str, amount: Decimal | None, result: str, hold: str | None) -> None:
    found = checks.payment(PaymentStatus(status), amount=amount, payable=PRICE)

    assert (found.result, found.hold) == (result, hold)


@pytest.mark.parametrize(
    ("part", "result", "missing"),
    [
        ("postal_code", "ok", []),
        ("district", "doubtful", ["district"]),
        ("city", "failed", ["city"]),
        ("province", "failed", ["province"]),
        ("street", "failed", ["street"]),
    ],
)
def test_an_address_must_lead_a_parcel_somewhere(part: str, result: str, missing: list[str]) -> None:
    found = checks.address(replace(WHOLE, **{part: ""}))

    assert (found.result, found.detail.get("missing", [])) == (result, missing)


@pytest.mark.parametrize("part", ["recipient", "phone"])
def test_somebody_must_be_there_to_call(part: str) -> None:
    found = checks.contact(replace(WHOLE, **{part: ""}))

    assert (found.result, found.hold, found.detail) == ("failed", "contact", {"missing": [part]})


def test_no_address_at_all_misses_everything() -> None:
    assert checks.address(None).detail == {"missing": ["address"]}
    assert checks.contact(None).detail == {"missing": ["recipient", "phone"]}
    assert (checks.address(WHOLE).result, checks.contact(WHOLE).result) == ("ok", "ok")


@pytest.mark.parametrize(
    ("results", "held", "clean"),
    [
        ([CheckResult.OK, CheckResult.OK], False, True),
        ([CheckResult.OK, CheckResult.DOUBTFUL], False, False),
        ([CheckResult.FAILED], False, False),
        ([CheckResult.OK], True, False),
    ],
)
def test_clean_is_what_passes_all_and_is_not_held(results: list[str], held: bool, clean: bool) -> None:
    assert checks.is_clean(results, held=held) is clean
