"""The automatic checks of a new order: what is doubtful is decided by a person, what is missing holds the order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orders.enums.orders import CheckCode, CheckResult, HoldCode, PaymentStatus
from orders.rules.intake import addresses, doubts
from orders.rules.intake.draft import DraftAddress, OrderDraft


@dataclass(frozen=True)
class Finding:
    """The result of one check; `hold` is the hold that it opens, if any."""

    code: CheckCode
    result: CheckResult
    hold: HoldCode | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def findings(
    draft: OrderDraft,
    *,
    in_stock: bool,
    catalog_prices: Mapping[str, Collection[Decimal]],
    past: doubts.Past,
    limits: doubts.Thresholds,
) -> list[Finding]:
    """All checks of one order, in a fixed order. `catalog_prices` are the prices that each SKU may be sold at, `past` is
    what the shop knows of the buyer.

    SOP: O2, O4
    """
    return [
        _stock(in_stock),
        payment(draft.payment.status, amount=draft.payment.amount, payable=draft.payable),
        address(draft.address),
        contact(draft.address),
        _price(draft, catalog_prices),
        _risk(doubts.reasons(draft, past, catalog_prices=catalog_prices, limits=limits)),
    ]


def is_clean(results: Sequence[str], *, held: bool) -> bool:
    """True when nothing is doubtful or held: one signature releases the order. SOP: O3, O6"""
    return not held and all(result == CheckResult.OK for result in results)


def missing_address_parts(address: DraftAddress | None) -> list[str]:
    """The parts without which no parcel arrives. A district may be missing: some cities have none."""
    if address is None:
        return ["address"]
    return [name for name in ("province", "city", "street") if not getattr(address, name)]


def missing_contact_parts(address: DraftAddress | None) -> list[str]:
    """Without these nobody can be called at the door."""
    return [name for name in ("recipient", "phone") if not (address and getattr(address, name))]


def _stock(in_stock: bool) -> Finding:
    if in_stock:
        return Finding(CheckCode.STOCK, CheckResult.OK)
    return Finding(CheckCode.STOCK, CheckResult.FAILED, HoldCode.STOCK)


def payment(status: str, *, amount: Decimal | None, payable: Decimal) -> Finding:
    """Whether the order is paid, and with what it costs; an unknown amount is taken for the whole. SOP: O2"""
    if status == PaymentStatus.UNPAID:
        return Finding(CheckCode.PAYMENT, CheckResult.FAILED, HoldCode.AWAITING_PAYMENT)
    if status == PaymentStatus.PAID and amount is not None and amount != payable:
        return Finding(CheckCode.PAYMENT, CheckResult.DOUBTFUL, detail={"paid": str(amount), "payable": str(payable)})
    return Finding(CheckCode.PAYMENT, CheckResult.OK)


def address(given: DraftAddress | None) -> Finding:
    """Whether a parcel would arrive there. SOP: O2, O4"""
    if missing := missing_address_parts(given):
        return Finding(CheckCode.ADDRESS, CheckResult.FAILED, HoldCode.ADDRESS, {"missing": missing})
    if given and not given.district:
        return Finding(CheckCode.ADDRESS, CheckResult.DOUBTFUL, detail={"missing": ["district"]})
    if given and not addresses.is_province(given.province):
        return Finding(CheckCode.ADDRESS, CheckResult.DOUBTFUL, detail={"unknown": ["province"]})
    return Finding(CheckCode.ADDRESS, CheckResult.OK)


def contact(given: DraftAddress | None) -> Finding:
    """Whether the courier knows whom to call. SOP: O2, O4"""
    if missing := missing_contact_parts(given):
        return Finding(CheckCode.CONTACT, CheckResult.FAILED, HoldCode.CONTACT, {"missing": missing})
    return Finding(CheckCode.CONTACT, CheckResult.OK)


def _price(draft: OrderDraft, catalog_prices: Mapping[str, Collection[Decimal]]) -> Finding:
    other = sorted({line.sku for line in draft.lines if line.unit_price not in catalog_prices.get(line.sku, ())})
    if other:
        return Finding(CheckCode.PRICE, CheckResult.DOUBTFUL, detail={"skus": other})
    return Finding(CheckCode.PRICE, CheckResult.OK)


def _risk(reasons: Sequence[Mapping[str, Any]]) -> Finding:
    if reasons:
        return Finding(CheckCode.RISK, CheckResult.DOUBTFUL, detail={"reasons": list(reasons)})
    return Finding(CheckCode.RISK, CheckResult.OK)
