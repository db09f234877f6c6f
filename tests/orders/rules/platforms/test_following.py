"""What a newer export asks for, from every state of an order here."""

from decimal import Decimal

import pytest

from orders.enums.platforms import Stage
from orders.rules.platforms.following import Late, Ours, Step, Theirs, ask

PAID = Decimal("198.00")
NONE = Decimal("0.00")


def ours(status: str = "pending", payment: str = "paid", refunded: str = "0.00") -> Ours:
    return Ours(status, payment, NONE if payment in ("unpaid", "cod") else PAID, Decimal(refunded))


@pytest.mark.parametrize(
    ("mine", "theirs", "asked"),
    [
        (ours(), Theirs(Stage.PAID, NONE), []),
        (ours(), Theirs(None, NONE), []),
        (ours("shipped"), Theirs(Stage.SHIPPED, NONE), []),
        (ours(payment="unpaid"), Theirs(Stage.UNPAID, NONE), []),
        (ours(payment="unpaid"), Theirs(Stage.PAID, NONE), [Step.PAY]),
        (ours("cancelled", "unpaid"), Theirs(Stage.PAID, NONE), [Late.PAID_TOO_LATE]),
        (ours(payment="unpaid"), Theirs(Stage.PAID, NONE, is_cod=True), []),
        (ours("shipped", "cod"), Theirs(Stage.SHIPPED, NONE, is_cod=True), []),
        (ours("shipped", "cod"), Theirs(Stage.DONE, NONE, is_cod=True), [Step.PAY, Step.CONFIRM]),
        (ours(payment="unpaid"), Theirs(Stage.CLOSED, NONE), [Step.CANCEL]),
        (ours(payment="unpaid"), Theirs(Stage.CLOSED, None), [Step.CANCEL]),
        (ours("processing"), Theirs(Stage.CLOSED, NONE), [Step.CANCEL]),
        (ours(), Theirs(Stage.CLOSED, PAID), [Step.REFUND, Step.CANCEL]),
        (ours(), Theirs(Stage.CLOSED, None), [Step.REFUND, Step.CANCEL]),
        (ours("cancelled", "refunded", "198.00"), Theirs(Stage.CLOSED, None), []),
        (ours("shipped"), Theirs(Stage.CLOSED, NONE), [Late.CLOSED_ON_THE_WAY]),
        (ours("completed"), Theirs(Stage.CLOSED, PAID), [Step.REFUND]),
        (ours("completed"), Theirs(Stage.DONE, Decimal("20.00")), [Step.REFUND]),
        (ours("completed", refunded="20.00"), Theirs(Stage.DONE, Decimal("20.00")), []),
        (ours("completed"), Theirs(Stage.DONE, None), [Late.UNKNOWN_REFUND]),
        (ours("completed", refunded="20.00"), Theirs(Stage.DONE, None), []),
        (ours(payment="unpaid"), Theirs(Stage.UNPAID, Decimal("5.00")), []),
        (ours("shipped"), Theirs(Stage.DONE, NONE), [Step.CONFIRM]),
        (ours("ready_to_ship"), Theirs(Stage.DONE, NONE), [Late.NOT_SHIPPED_HERE]),
        (ours("cancelled"), Theirs(Stage.DONE, NONE), [Late.CANCELLED_HERE]),
        (ours(), Theirs(Stage.PAID, NONE, address=True), [Step.ADDRESS]),
        (ours("shipped"), Theirs(Stage.SHIPPED, NONE, address=True), [Late.ADDRESS_ON_THE_WAY]),
        (ours("completed"), Theirs(Stage.DONE, NONE, address=True), []),
        (ours(), Theirs(Stage.PAID, NONE, asks_back=True), [Step.HOLD]),
        (ours("shipped"), Theirs(Stage.SHIPPED, NONE, asks_back=True), []),
    ],
)
def test_what_is_asked_for(mine: Ours, theirs: Theirs, asked: list[Step | Late]) -> None:
    assert ask(mine, theirs) == asked
