"""The demo company's purchasing and warehouse: every state of orders, deliveries, transfers and write-offs. Made up."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.enums.inbound import AdjustmentReason, DifferenceOutcome
from catalog.queries.inbound.goods import locations_of, requests_open
from catalog.queries.inbound.purchases import hash_of
from catalog.queries.range import SkuFacts
from catalog.services.alerts import acknowledge_alert
from catalog.services.inbound import adjustment_steps, purchase_steps, transfer_ends
from catalog.services.inbound.adjustments import AdjustmentLine, adjust_stock
from catalog.services.inbound.base import Wanted
from catalog.services.inbound.locations import create_locations
from catalog.services.inbound.posting import post_receipt, settle_differences
from catalog.services.inbound.purchasing import PurchaseDraft, PurchaseLine, gather_requests, write_purchase
from catalog.services.inbound.receipts import Scan, count_pieces, open_receipt
from catalog.services.inbound.transfers import receive_transfer, request_transfer, send_transfer
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo.selection import SUPPLIERS as DEMO_SUPPLIERS

DAY = timedelta(days=1)
PATTERNS = ("A-{01-05}-{1-4}", "B-{01-05}-{1-4}")
SUPPLIERS = tuple(name for _, name, left in DEMO_SUPPLIERS if left is not None)  # the others may not be ordered from


def make_locations(*, warehouses: Sequence[int], now: datetime) -> dict[int, list[int]]:
    """Two rows of shelves in each warehouse; returns the locations by warehouse."""
    for place in warehouses:
        for pattern in PATTERNS:
            create_locations(warehouse_id=place, pattern=pattern, zone=pattern[0], actor=SYSTEM, now=now)
    return {place: locations_of(place) for place in warehouses}


class Inbound:
    """What purchasing and the warehouse did in the last weeks."""

    def __init__(self, skus: Sequence[SkuFacts], warehouses: Sequence[int], now: datetime) -> None:
        self.skus, self.warehouses, self.now = skus, warehouses, now
        self.buyer, self.keeper = _actor(Role.PURCHASING), _actor(Role.WAREHOUSE)
        self.boss = _actor(Role.OPERATIONS_SUPERVISOR)

    def make(self) -> None:
        """Everything, the oldest first."""
        self._deliveries()
        self._orders()
        self._requests()
        self._transfers()
        self._adjustments()

    def order(self, first: int, count: int, *, ago: int, due: int, quantity: int = 20, cost: str = "12.50") -> int:
        """Write an order of some SKUs `ago` days ago, expected in `due` days from now."""
        made = self.now - ago * DAY
        lines = [
            PurchaseLine(sku.code, quantity + 5 * number, Decimal(cost), (self.now + due * DAY).date())
            for number, sku in enumerate(self.skus[first : first + count])
        ]
        draft = PurchaseDraft(SUPPLIERS[first // 4 % len(SUPPLIERS)], self.warehouses[0], lines)
        return int(write_purchase(draft=draft, actor=self.buyer, now=made).pk)

    def sent(self, first: int, count: int, *, ago: int, due: int) -> int:
        order = self.order(first, count, ago=ago, due=due)
        purchase_steps.send_purchase(order_id=order, actor=self.buyer, now=self.now - ago * DAY)
        return order

    def receive(self, order: int | None, scans: Sequence[Scan], *, ago: int) -> int:
        """Count a delivery; without an order it is of samples."""
        then = self.now - ago * DAY
        ground: dict[str, object] = {"purchase_order_id": order}
        if order is None:
            ground = {"warehouse_id": self.warehouses[0], "reason": "供应商寄来的样品", "supplier_name": SUPPLIERS[0]}
        receipt = open_receipt(**ground, actor=self.keeper, now=then)  # type: ignore[arg-type]
        count_pieces(receipt_id=receipt.pk, scans=scans, actor=self.keeper, now=then)
        return int(receipt.pk)

    def _deliveries(self) -> None:
        """Posted ones: complete with goods that expire, with differences open and settled; one still being counted."""
        codes = [sku.code for sku in self.skus]
        days = [self.now + shift * DAY for shift in (-3, 20, 300)]
        whole = self.sent(0, 3, ago=90, due=-80)
        scans = [
            Scan(code, 20 + 5 * n, 0, f"LOT-{n + 1}", day.date(), f"A-01-{n + 1}")
            for n, (code, day) in enumerate(zip(codes[:3], days, strict=True))
        ]
        post_receipt(receipt_id=self.receive(whole, scans, ago=80), actor=self.keeper, now=self.now - 80 * DAY)
        for first, settled in ((4, True), (8, False)):
            order = self.sent(first, 2, ago=30, due=-6 if settled else 8)
            scans = [Scan(codes[first], 15, 2, f"LOT-{first}", None, "A-02-1"), Scan(codes[first + 1], 27)]
            receipt = self.receive(order, scans, ago=6)
            post_receipt(receipt_id=receipt, actor=self.keeper, now=self.now - 6 * DAY)
            if settled:
                note, then = "破损2件由供应商补发", self.now - 5 * DAY
                outcome = DifferenceOutcome.REPLACED.value
                settle_differences(receipt_id=receipt, outcome=outcome, note=note, actor=self.buyer, now=then)
        self.receive(self.sent(12, 2, ago=9, due=1), [Scan(codes[12], 8, 0, "LOT-12")], ago=0)
        self.receive(None, [Scan(codes[20], 3)], ago=0)

    def _orders(self) -> None:
        """A draft, one under way, one that waits for the second person, one returned, one overdue, one cancelled."""
        self.order(24, 2, ago=0, due=14)
        self.sent(28, 3, ago=2, due=12)
        self.sent(32, 2, ago=25, due=-4)
        for first in (36, 40):
            order = self.order(first, 2, ago=2, due=20, quantity=900)
            sent = purchase_steps.send_purchase(order_id=order, actor=self.buyer, now=self.now - 2 * DAY)
            if first == 40:
                purchase_steps.decide_purchase(
                    order_id=order,
                    approve=False,
                    seen_hash=hash_of(sent),
                    reason="先谈下单价再下单",
                    actor=self.boss,
                    now=self.now - DAY,
                )
        cancelled = self.sent(44, 1, ago=12, due=3)
        purchase_steps.cancel_purchase(order_id=cancelled, reason="供应商停产", actor=self.buyer, now=self.now - 3 * DAY)

    def _requests(self) -> None:
        """Requests accepted and ordered, accepted and waiting, and untouched."""
        for number, alert in enumerate(requests_open()[:6]):
            acknowledge_alert(alert_id=alert, supplier_name=SUPPLIERS[number // 3], actor=self.buyer, now=self.now)
        order = gather_requests(
            supplier_name=SUPPLIERS[0],
            warehouse_id=self.warehouses[0],
            expected_on=(self.now + 7 * DAY).date(),
            actor=self.buyer,
            now=self.now,
        )
        purchase_steps.send_purchase(order_id=order.pk, actor=self.buyer, now=self.now)

    def _transfers(self) -> None:
        """Requested, given up, on the way for too long, arrived, arrived with a loss."""
        for number, steps in enumerate(("", "c", "s", "sr", "sl")):
            then, sku = self.now - (9 - number) * DAY, self.skus[50 + number]
            source, target = self.warehouses
            lines = [Wanted(sku.code, 6)]
            row = request_transfer(
                source_id=source, target_id=target, lines=lines, reason="华东补货", actor=self.keeper, now=then
            )
            if "c" in steps:
                transfer_ends.cancel_transfer(transfer_id=row.pk, reason="改由供应商直送", actor=self.keeper, now=then)
            if "s" in steps:
                send_transfer(transfer_id=row.pk, actor=self.keeper, now=then)
            if steps[1:]:
                arrived = {sku.code: 6 if "r" in steps else 4}
                receive_transfer(transfer_id=row.pk, arrived=arrived, actor=self.keeper, now=then + 2 * DAY)

    def _adjustments(self) -> None:
        """Booked at once, waiting, approved, rejected, withdrawn, and a find."""
        plan: Mapping[int, tuple[AdjustmentReason, int, str]] = {
            60: (AdjustmentReason.DAMAGED, 2, ""),
            61: (AdjustmentReason.FOUND, 1, ""),
            62: (AdjustmentReason.LOST, 55, ""),
            63: (AdjustmentReason.DAMAGED, 60, "approve"),
            64: (AdjustmentReason.LOST, 70, "reject"),
            65: (AdjustmentReason.OTHER, 52, "withdraw"),
        }
        for number, (reason, pieces, step) in plan.items():
            then, lines = self.now - 2 * DAY, [AdjustmentLine(self.skus[number].code, pieces)]
            note = "货架A-02水渍，照片见仓库群"
            row = adjust_stock(
                warehouse_id=self.warehouses[0], reason=reason, note=note, lines=lines, actor=self.keeper, now=then
            )
            self._decide(row.pk, step)

    def _decide(self, adjustment: int, step: str) -> None:
        then = self.now - DAY
        if step == "approve":
            adjustment_steps.approve_adjustment(adjustment_id=adjustment, note="已复核", actor=self.boss, now=then)
        elif step == "reject":
            adjustment_steps.reject_adjustment(adjustment_id=adjustment, note="请先重新盘点", actor=self.boss, now=then)
        elif step:
            adjustment_steps.withdraw_adjustment(adjustment_id=adjustment, actor=self.keeper, now=then)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
