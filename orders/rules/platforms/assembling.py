"""From the rows of one order to what the platform says of it. SOP: O1"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.platforms import GoingBack, Layout, Stage
from orders.rules.intake.draft import DraftAddress
from orders.rules.phones import e164
from orders.rules.platforms import amounts
from orders.rules.platforms.amounts import NOTHING, Priced
from orders.rules.platforms.cells import shown, telephone
from orders.rules.platforms.places import split
from orders.rules.platforms.reading import StatedRow

DISAGREE = mark("The rows of this order do not agree.")
NEEDED = mark("The field is required.")
NO_AMOUNT = mark("It is not stated what the order costs.")
UNCLEAR_BALANCE = mark("It is not clear whether the balance is part of the amount to be paid.")
_DISCOUNTS = ("platform_discount", "shop_discount", "talent_discount")


@dataclass(frozen=True)
class Goods:
    """One line: what the shop calls it on the platform, how many, and at which price."""

    code: str
    quantity: int
    price: Decimal


@dataclass(frozen=True)
class Stated:
    """Everything that a file says of one order; `rows` in the order of the file."""

    layout: str
    number: str
    rows: Sequence[StatedRow]
    goods: Sequence[Goods] = field(default_factory=tuple)  # said by a person where the file does not say it

    @property
    def heads(self) -> Sequence[StatedRow]:
        """Rows that speak of buyer, address and money."""
        return [row for row in self.rows if self.layout != Layout.TAOBAO or not row.is_goods]

    @property
    def items(self) -> Sequence[StatedRow]:
        """Rows that speak of goods."""
        return [row for row in self.rows if row.is_goods]

    @property
    def is_half(self) -> bool:
        """True while one file of the pair is missing."""
        return not self.heads or not self.items

    @property
    def is_unclear(self) -> bool:
        """True while nobody has said how many pieces of each SKU there are."""
        return not self.goods and any(row.is_joined for row in self.items)

    @property
    def codes(self) -> list[str]:
        """The merchant codes of its goods, each once."""
        named = [line.code for line in self.goods] or [code for row in self.items for code in row.codes]
        return list(dict.fromkeys(named))

    @property
    def stage(self) -> Stage | None:
        """How far it is; None when no file says so. What was wholly refunded before it was shipped is closed.

        Raises: Invalid, when its rows disagree.
        """
        found = {row.stage for row in self.heads if row.stage} or {row.stage for row in self.items if row.stage}
        if len(found) > 1:
            raise Invalid(DISAGREE, code="rows_disagree", issues=[Issue("/status", "rows_disagree", DISAGREE)])
        stage = next(iter(found), None)
        return Stage.CLOSED if stage == Stage.PAID and self.back == GoingBack.ALL else stage

    @property
    def is_cod(self) -> bool:
        return "货到付款" in self.text("method")

    def text(self, *names: str) -> str:
        """The first filled of these fields, in whichever row it stands."""
        return next((found for name in names for row in self.rows if (found := row.text(name))), "")

    def moment(self, name: str) -> datetime | None:
        return next((row.moments[name] for row in self.rows if name in row.moments), None)

    def one(self, *names: str) -> Decimal | None:
        """An amount of the whole order, which may repeat on each row. Raises: Invalid, when its rows disagree."""
        for name in names:
            found = {row.amounts[name] for row in self.heads if name in row.amounts}
            if len(found) > 1:
                raise Invalid(DISAGREE, code="rows_disagree", issues=[Issue(f"/{name}", "rows_disagree", DISAGREE)])
            if found:
                return found.pop()
        return None

    def sum(self, name: str) -> Decimal | None:
        """An amount that each row states for itself."""
        found = [row.amounts[name] for row in self.heads if name in row.amounts]
        return sum(found, NOTHING) if found else None

    @property
    def freight(self) -> Decimal:
        return (self.sum("freight") if self.layout == Layout.DOUYIN else self.one("freight")) or NOTHING

    @property
    def payable(self) -> Decimal:
        """What the buyer pays for goods and freight. Raises: Invalid, when it is not stated or not clear."""
        found = _payable(self)
        if found is None:
            raise Invalid(NO_AMOUNT, code="required", issues=[Issue("/paid", "required", NO_AMOUNT)])
        return found

    @property
    def address(self) -> DraftAddress:
        """Where it goes; what the platform hides stays empty, and the order is held for it. SOP: O5"""
        parts = _places(self)
        written, extension = telephone(shown(self.text("mobile", "phone")))
        recipient = shown(self.text("recipient"))
        if recipient and extension and extension not in recipient:
            recipient = f"{recipient}[{extension}]"  # how the platforms write it for their stand-in numbers
        return DraftAddress(recipient=recipient, phone=e164(written) or "", phone_written=written, **parts)

    @property
    def back(self) -> GoingBack:
        """What is said of money that goes back, for the order as a whole."""
        of_items, of_heads = [row.back for row in self.items], [row.back for row in self.heads]
        if GoingBack.UNDER_WAY in (*of_items, *of_heads):
            return GoingBack.UNDER_WAY
        if of_heads and all(back == GoingBack.ALL for back in of_heads):
            return GoingBack.ALL
        if of_items and all(back == GoingBack.ALL for back in of_items):
            return GoingBack.ALL
        some = {GoingBack.ALL, GoingBack.PARTLY} & {*of_items, *of_heads}
        return GoingBack.PARTLY if some else GoingBack.NONE

    @property
    def refunded(self) -> Decimal | None:
        """What has gone back by the platform's word; nothing, or None when money went back but not how much is said."""
        stated = [row.amounts["refund"] for row in self.heads if row.amounts.get("refund")]
        if not stated:
            done = (GoingBack.ALL, GoingBack.PARTLY)
            stated = [row.amounts["refund"] for row in self.items if row.back in done and row.amounts.get("refund")]
        if stated:
            return sum(stated, NOTHING) if self.layout != Layout.JD else max(stated)
        return NOTHING if self.back in (GoingBack.NONE, GoingBack.UNDER_WAY) else None


def lines_of(order: Stated) -> list[tuple[str, Priced]]:
    """The goods by merchant code, at prices and discounts that add up to what is to be paid.

    Raises: Invalid, when the file does not say what it takes, or its amounts do not add up.
    SOP: O2
    """
    named = [(line.code, Priced(line.price, line.quantity)) for line in order.goods] or _named(order)
    settled = amounts.settle([line for _, line in named], freight=order.freight, payable=order.payable)
    return [(code, line) for (code, _), line in zip(named, settled, strict=True)]


def _named(order: Stated) -> list[tuple[str, Priced]]:
    found = []
    for row in order.items:
        if row.quantity is None:
            raise Invalid(NEEDED, code="required", issues=[Issue("/quantity", "required", NEEDED)])
        found.append((row.code, _priced(order, row, row.quantity)))
    return found


def _priced(order: Stated, row: StatedRow, quantity: int) -> Priced:
    price = row.amounts.get("price")
    if price is not None:
        due = row.amounts.get("line_due")
        less = price * quantity - due if due is not None else NOTHING
        return Priced(price, quantity, max(less, NOTHING))
    total, reduced = row.amounts.get("goods"), NOTHING
    if order.layout == Layout.DOUYIN and "paid" in row.amounts:
        reduced = sum((row.amounts.get(name, NOTHING) for name in _DISCOUNTS), NOTHING)
        total = row.amounts["paid"] - row.amounts.get("freight", NOTHING) + reduced
    if total is None or total < reduced:
        raise Invalid(NO_AMOUNT, code="required", issues=[Issue("/price", "required", NO_AMOUNT)])
    return amounts.from_total(total, quantity, reduced)


def _payable(order: Stated) -> Decimal | None:
    if order.layout == Layout.DOUYIN:
        return order.sum("paid")
    if order.layout == Layout.JD:
        return _payable_at_jd(order)
    if order.layout == Layout.TAOBAO:
        paid = order.one("paid")
        if paid:
            return paid
        due = order.one("due")
        return order.one("goods") if due is None else due + order.freight
    return order.one("paid")


def _payable_at_jd(order: Stated) -> Decimal | None:
    """A balance may have paid a part of it: then only the settled amount tells whether it is contained."""
    due, balance = order.one("due"), order.one("balance") or NOTHING
    if due is None or not balance:
        return due
    settled = order.one("settled")
    expected = set() if settled is None else {settled, settled + order.freight}
    fitting = {amount for amount in (due, due + balance) if amount in expected}
    if len(fitting) != 1:
        raise Invalid(UNCLEAR_BALANCE, code="totals_mismatch", issues=[Issue("/balance", "totals_mismatch", UNCLEAR_BALANCE)])
    return fitting.pop()


def _places(order: Stated) -> Mapping[str, str]:
    whole = order.text("address_changed", "address")
    if not order.text("province"):
        return split(whole) if whole else {}
    parts = {name: shown(order.text(name)) for name in ("province", "city", "district")}
    return parts | {"street": shown(order.text("town") + whole) if shown(whole) else ""}
