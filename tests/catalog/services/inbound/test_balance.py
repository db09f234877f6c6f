"""Whatever happens to goods, the balance is the sum of its movements and of its lots."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.enums.stock import MovementReason
from catalog.models import StockItem, StockLot, StockTransfer
from catalog.queries.invariants import unbalanced
from catalog.services.inbound.adjustments import AdjustmentLine, adjust_stock
from catalog.services.inbound.base import Wanted
from catalog.services.inbound.locations import move_lot
from catalog.services.inbound.posting import post_receipt
from catalog.services.inbound.receipts import Scan
from catalog.services.inbound.transfers import receive_transfer, request_transfer, send_transfer
from catalog.services.stock import Booking, Demand, book, commit, plan, release, reserve
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import DomainError
from tests.builders import NOW, a_location, a_receipt, a_shop, a_sku, a_warehouse

STEPS = ("receive", "reserve", "release", "ship", "transfer", "arrive", "write_off", "find", "sync", "move")
Step = tuple[str, int]


class World:
    """One SKU in two warehouses, and a step of each kind that may be refused but never half done."""

    def __init__(self) -> None:
        self.sku, self.places = a_sku(a_shop()), [a_warehouse().pk, a_warehouse("hz-01").pk]
        self.location, self.serial = a_location(), 0
        self.owners: list[str] = []

    def take(self, step: Step) -> None:
        self.serial += 1
        try:
            with transaction.atomic():
                getattr(self, step[0])(step[1])
        except DomainError:
            pass

    def receive(self, n: int) -> None:
        days = (None, date(2026, 6, 12), date(2027, 1, 1))
        receipt = a_receipt(None, Scan(self.sku.code, n, n % 3, f"L{self.serial}", days[n % 3], "A-01-03" if n % 2 else ""))
        post_receipt(receipt_id=receipt.pk, actor=SYSTEM, now=NOW)

    def reserve(self, n: int) -> None:
        owner = f"ord_{self.serial}"
        found = plan([Demand(owner, {self.sku.pk: n}, self.places)])
        reserve(found.takes, now=NOW)
        if found.takes:
            self.owners.append(owner)

    def release(self, n: int) -> None:
        if self.owners:
            release([self.owners.pop(n % len(self.owners))])

    def ship(self, n: int) -> None:
        if self.owners:
            commit([self.owners.pop(n % len(self.owners))], occasion="parcel", actor=SYSTEM, now=NOW)

    def transfer(self, n: int) -> None:
        source, target = self.places if n % 2 else reversed(self.places)
        lines = [Wanted(self.sku.code, n)]
        row = request_transfer(source_id=source, target_id=target, lines=lines, actor=SYSTEM, now=NOW)
        send_transfer(transfer_id=row.pk, actor=SYSTEM, now=NOW)

    def arrive(self, n: int) -> None:
        row = StockTransfer.objects.filter(status="sent").first()
        if row:
            arrived = {self.sku.code: max(row.lines.get().quantity - n % 2, 0)}
            receive_transfer(transfer_id=row.pk, arrived=arrived, actor=SYSTEM, now=NOW)

    def write_off(self, n: int) -> None:
        lots = list(StockLot.objects.filter(quantity_left__gt=0, warehouse=self.places[0]).values_list("pk", flat=True))
        line = AdjustmentLine(self.sku.code, n, lots[n % len(lots)] if lots and n % 2 else None)
        adjust_stock(warehouse_id=self.places[0], reason="damaged", note="wet", lines=[line], actor=SYSTEM, now=NOW)

    def find(self, n: int) -> None:
        line = AdjustmentLine(self.sku.code, n)
        adjust_stock(warehouse_id=self.places[1], reason="found", note="behind", lines=[line], actor=SYSTEM, now=NOW)

    def sync(self, n: int) -> None:
        delta = n if n % 2 else -n
        booking = Booking(self.sku.pk, self.places[n % 2], delta, f"sync:{self.serial}")
        book([booking], reason=MovementReason.SYNC, actor=SYSTEM, now=NOW)

    def move(self, n: int) -> None:
        lot = StockLot.objects.filter(warehouse=self.places[0], quantity_left__gt=0).order_by("-id").first()
        if lot:
            move_lot(lot_id=lot.pk, quantity=n, location="A-01-03", actor=SYSTEM, now=NOW)


@pytest.fixture
def world(db: None) -> Any:
    return World()


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 9)), min_size=5, max_size=30))
@pytest.mark.django_db
def test_the_balance_is_the_sum_of_movements_and_lots(steps: Sequence[Step]) -> None:
    with transaction.atomic():
        world = World()
        for step in steps:
            world.take(step)
            assert not unbalanced().exists(), step
        transaction.set_rollback(True)


def test_the_check_would_see_a_lost_lot(world: World) -> None:
    """The negative control: it is not satisfied by whatever there is."""
    world.take(("receive", 5))
    assert StockItem.objects.get().on_hand == 5
    assert not unbalanced().exists()
    StockLot.objects.update(quantity_left=4)
    assert unbalanced().exists()
