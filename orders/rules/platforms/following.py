"""What a newer export of a known order asks for: steps that can be taken, and what has become impossible. SOP: O1, O18"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from opsdesk.common.text import mark
from orders.enums.orders import OrderStatus as O
from orders.enums.orders import PaymentStatus
from orders.enums.platforms import Stage as S

OPEN = frozenset({O.PENDING, O.PROCESSING, O.READY_TO_SHIP})


class Step(StrEnum):
    """What is done through the service that everybody uses."""

    PAY = "pay"
    REFUND = "refund"
    CANCEL = "cancel"
    ADDRESS = "address"
    CONFIRM = "confirm"
    HOLD = "hold"


class Late(StrEnum):
    """What only a person can put right."""

    PAID_TOO_LATE = "paid_too_late"
    CLOSED_ON_THE_WAY = "closed_on_the_way"
    NOT_SHIPPED_HERE = "not_shipped_here"
    CANCELLED_HERE = "cancelled_here"
    ADDRESS_ON_THE_WAY = "address_on_the_way"
    UNKNOWN_REFUND = "unknown_refund"
    REFUSED = "refused"


WORDS = {
    Late.PAID_TOO_LATE: mark("It was paid on the platform after it had been cancelled or completed here."),
    Late.CLOSED_ON_THE_WAY: mark(
        "It was closed on the platform after it had left the warehouse: stop the parcel, or take it back."
    ),
    Late.NOT_SHIPPED_HERE: mark("The platform says that the buyer has it, but it has not left the warehouse here."),
    Late.CANCELLED_HERE: mark("The platform says that the buyer has it, but it was cancelled here."),
    Late.ADDRESS_ON_THE_WAY: mark("The buyer changed the address after the parcel had left: ask the carrier to redirect it."),
    Late.UNKNOWN_REFUND: mark("The platform has given money back, but the file does not say how much."),
    Late.REFUSED: mark("What the platform says was refused here: %(why)s"),
}


@dataclass(frozen=True)
class Ours:
    """Where the order stands here."""

    status: str
    payment: str
    paid: Decimal
    refunded: Decimal


@dataclass(frozen=True)
class Theirs:
    """Where it stands on the platform. `refunded` is None when money went back but not how much is said; `address` is true
    when the address is another one than any that the platform has said before.
    """

    stage: S | None
    refunded: Decimal | None
    is_cod: bool = False
    address: bool = False
    asks_back: bool = False


def ask(ours: Ours, theirs: Theirs) -> list[Step | Late]:
    """What is to be done, in the order in which it is done: money first, so that a cancelled order owes nothing twice.

    SOP: O1, O18
    """
    asked: list[Step | Late] = []
    asked += _money(ours, theirs)
    if theirs.stage == S.CLOSED:
        return asked + _closed(ours, theirs)
    if theirs.address:
        asked += _address(ours)
    if theirs.stage == S.DONE:
        asked += _done(ours)
    if theirs.asks_back and ours.status in OPEN:
        asked.append(Step.HOLD)
    return asked


def _money(ours: Ours, theirs: Theirs) -> list[Step | Late]:
    asked: list[Step | Late] = []
    if _is_paid(ours, theirs):
        possible = ours.status in OPEN or ours.status == O.SHIPPED
        asked.append(Step.PAY if possible else Late.PAID_TOO_LATE)
    paid = ours.payment != PaymentStatus.UNPAID or bool(asked)
    if not paid:
        return asked
    if theirs.refunded is None and theirs.stage == S.CLOSED:
        return [*asked, Step.REFUND] if ours.refunded < ours.paid else asked
    if theirs.refunded is None:
        return [*asked, Late.UNKNOWN_REFUND] if ours.refunded == 0 else asked
    return [*asked, Step.REFUND] if theirs.refunded > ours.refunded else asked


def _is_paid(ours: Ours, theirs: Theirs) -> bool:
    if ours.payment == PaymentStatus.COD:
        return theirs.stage == S.DONE
    if ours.payment != PaymentStatus.UNPAID or theirs.is_cod:
        return False
    return theirs.stage in (S.PAID, S.SHIPPED, S.DONE)


def _closed(ours: Ours, theirs: Theirs) -> list[Step | Late]:
    if ours.status in OPEN:
        return [Step.CANCEL]
    return [Late.CLOSED_ON_THE_WAY] if ours.status == O.SHIPPED else []


def _address(ours: Ours) -> list[Step | Late]:
    if ours.status in OPEN:
        return [Step.ADDRESS]
    return [Late.ADDRESS_ON_THE_WAY] if ours.status == O.SHIPPED else []


def _done(ours: Ours) -> list[Step | Late]:
    if ours.status == O.SHIPPED:
        return [Step.CONFIRM]
    if ours.status in OPEN:
        return [Late.NOT_SHIPPED_HERE]
    return [Late.CANCELLED_HERE] if ours.status == O.CANCELLED else []
