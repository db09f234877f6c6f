"""What a price that was entered by hand needs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.manual import EntryState as S

_ALL = 100

ENTRY_LIFECYCLE = Lifecycle(
    Transition("approve", {S.AWAITING}, S.APPROVED, permission="orders.approve_price", sop="O1"),
    Transition("reject", {S.AWAITING}, S.REJECTED, permission="orders.approve_price", sop="O1"),
)


@dataclass(frozen=True)
class Asked:
    """One line: what a piece costs by the catalogue, and what it is to cost."""

    sku: str
    quantity: int
    quoted: Decimal
    asked: Decimal

    @property
    def differs(self) -> bool:
        """True when it is another price than the catalogue's."""
        return self.asked != self.quoted


def differing(lines: Sequence[Asked]) -> list[Asked]:
    """The lines with another price than the catalogue's; they need a reason. SOP: O1"""
    return [line for line in lines if line.differs]


def needs_second_person(lines: Sequence[Asked], *, percent: int) -> bool:
    """True when a price is off the catalogue's by more than so many percent, dearer or cheaper. SOP: O1"""
    return any(abs(line.asked - line.quoted) * _ALL > line.quoted * percent for line in lines)


def quoted_sum(lines: Sequence[Asked]) -> Decimal:
    """What the lines cost by the catalogue."""
    return sum((line.quoted * line.quantity for line in lines), Decimal("0.00"))


def asked_sum(lines: Sequence[Asked]) -> Decimal:
    """What the lines are to cost."""
    return sum((line.asked * line.quantity for line in lines), Decimal("0.00"))
