"""The automatic checks of a new order: what is doubtful is decided by a person, what is missing holds the order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orders.enums import CheckCode, CheckResult, HoldCode, PaymentStatus
from orders.rules.draft import DraftAddress, OrderDraft


@dataclass(frozen=True)
class Finding:
    """The result of one check; `hold` is the hold that it opens, if any."""

    code: CheckCode
    result: CheckResult
    hold: HoldCode | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def findings(draft: OrderDraft, *, in_stock: bool, catalog_prices: Mapping[str, Collection[Decimal]]) -> list[Finding]:
    """All checks of one order, in a fixed order. `catalog_prices` are the prices that each SKU may be sold at.

    SOP: O2, O4
    """
    return [
        _stock(in_stock),
        _payment(draft),
        _address(draft.address),
        _contact(draft.address),
        _price(draft, catalog_prices),
    ]


def is_clean(results: Sequence[str], *, held: bool) -> bool:
    """True when nothing is doubtful or held: one signature releases the order. SOP: O3, O6"""
    return not held and all(result == CheckResult.OK for result in results)


def missing_address_parts(address: DraftAddress | None) -> list[str]:
    """The parts without which no parcel arrives. A district may be missing: some cities have none."""
    if address is None:
        return ["address"]
    return [name for name in ("province", "city", "street") if not getattr(address, name)]


def _stock(in_stock: bool) -> Finding:
    if in_stock:
        return Finding(CheckCode.STOCK, CheckResult.OK)
    return Finding(CheckCode.STOCK, CheckResult.FAILED, HoldCode.STOCK)


def _payment(draft: OrderDraft) -> Finding:
    if draft.payment.status == PaymentStatus.UNPAID:
        return Finding(CheckCode.PAYMENT, CheckResult.FAILED, HoldCode.AWAITING_PAYMENT)
    paid = draft.payment.amount
    if draft.payment.status == PaymentStatus.PAID and paid is not None and paid != draft.payable:
        return Finding(CheckCode.PAYMENT, CheckResult.DOUBTFUL, detail={"paid": str(paid), "payable": str(draft.payable)})
    return Finding(CheckCode.PAYMENT, CheckResult.OK)


def _address(address: DraftAddress | None) -> Finding:
    if missing := missing_address_parts(address):
        return Finding(CheckCode.ADDRESS, CheckResult.FAILED, HoldCode.ADDRESS, {"missing": missing})
    if address and not address.district:
        return Finding(CheckCode.ADDRESS, CheckResult.DOUBTFUL, detail={"missing": ["district"]})
    return Finding(CheckCode.ADDRESS, CheckResult.OK)


def _contact(address: DraftAddress | None) -> Finding:
    missing = [name for name in ("recipient", "phone") if not (address and getattr(address, name))]
    if missing:
        return Finding(CheckCode.CONTACT, CheckResult.FAILED, HoldCode.CONTACT, {"missing": missing})
    return Finding(CheckCode.CONTACT, CheckResult.OK)


def _price(draft: OrderDraft, catalog_prices: Mapping[str, Collection[Decimal]]) -> Finding:
    other = sorted({line.sku for line in draft.lines if line.unit_price not in catalog_prices.get(line.sku, ())})
    if other:
        return Finding(CheckCode.PRICE, CheckResult.DOUBTFUL, detail={"skus": other})
    return Finding(CheckCode.PRICE, CheckResult.OK)
