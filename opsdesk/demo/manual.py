"""Orders that the demo company's staff entered, goods sent again, shared parcels, split orders and invoices, in every state."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile

from catalog.queries.range import SkuFacts, range_of
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo.later import CARRIER, Placed
from orders import queries
from orders.enums.manual import EntryChannel, ReshipCause
from orders.queries.grouping import splits
from orders.services.changes import cancel_order
from orders.services.fulfilment.packing import Checklist, pack_order
from orders.services.fulfilment.shipping import Parcel, ship_order
from orders.services.grouping import merging, splitting
from orders.services.intake.receiving import DraftAddress, DraftCustomer
from orders.services.invoices import issuing, requests
from orders.services.invoices.rows import Heading
from orders.services.manual import approvals
from orders.services.manual.entering import Entry, EntryLine, enter_order
from orders.services.manual.resending import Wish, reship, sent_lines
from orders.services.release import release_orders

_LATE, _FRESH = timedelta(hours=60), timedelta(hours=1)
_OVERDUE_PRICE = timedelta(hours=6)
_BUYERS = ("陈静", "刘洋", "赵敏", "孙浩", "周婷")
_STREET = "南山区科技中一路8号"
_COMPANY = Heading("company", "深圳市晨光家居有限公司", "91440300MA5DEMQ1X9", "finance@example.com")
_PERSON = Heading("person", "王小明", email="wang@example.com")


class _Desk:
    """Who enters, and what is entered, on the demo day."""

    def __init__(self, shop: str, goods: Sequence[SkuFacts], now: datetime) -> None:
        self.shop, self.goods, self.now, self.count = shop, goods, now, 0
        self.agent, self.boss = _actor(Role.CUSTOMER_SERVICE), _actor(Role.OPERATIONS_SUPERVISOR)
        self.finance = _actor(Role.FINANCE)

    def enter(
        self, buyer: int, *, pieces: int = 1, price: Decimal | None = None, payment: str = "paid", ago: timedelta = _FRESH,
        channel: str = EntryChannel.PHONE, sku: SkuFacts | None = None,
    ) -> int:  # fmt: skip
        """An order of one line; returns its key."""
        self.count += 1
        sku = sku or self.goods[self.count % len(self.goods)]
        name, phone = _BUYERS[buyer], f"+86139{buyer:04}8888"
        entry = Entry(
            key=f"demo-{self.count:028}",
            shop=self.shop,
            channel=channel,
            lines=[EntryLine(sku.code, pieces, price)],
            address=DraftAddress(name, phone, "广东省", "深圳市", "南山区", f"{_STREET}{buyer + 1}栋", "518000"),
            payment=payment,
            customer=DraftCustomer(f"tel:{phone}", name, phone),
            method="bank" if payment == "paid" else "",
            reference=f"DH{self.count:06}" if payment == "paid" else "",
            seller_note="老客户，电话下单" if channel == EntryChannel.PHONE else "",
            reason="老客户议价" if price is not None else "",
        )
        return enter_order(entry=entry, actor=self.agent, now=self.now - ago).pk


def make_manual(placed: Mapping[str, Sequence[Placed]], *, shop: str, skus: Sequence[str], now: datetime) -> None:
    """Everything of the clerk's desk in every state, one late and one refused of each."""
    goods = [sku for sku in range_of(skus) if min(sku.available.values(), default=0) > 10][:20]
    desk = _Desk(shop, goods, now)
    _enter(desk)
    _reship(desk, [order.id for order in placed["shipped"]][:3])
    _merge(desk)
    _split(desk)
    _invoice(desk, [order.id for order in placed["delivered"]])


def _enter(desk: _Desk) -> None:
    """Prices by the catalogue, agreed to, refused, waiting, waiting for too long, and withdrawn."""
    desk.enter(0, channel=EntryChannel.WECHAT, payment="cod")
    desk.enter(0, payment="unpaid")
    cheap = Decimal("9.90")
    for ago in (_FRESH, _OVERDUE_PRICE):
        desk.enter(1, price=cheap, ago=ago)
    agreed, refused, withdrawn = (desk.enter(1, price=cheap) for _ in range(3))
    approvals.approve_price(entry_id=_entry(agreed), actor=desk.boss, now=desk.now)
    approvals.reject_price(entry_id=_entry(refused), reason="低于成本", actor=desk.boss, now=desk.now)
    cancel_order(order_id=withdrawn, reason="客户不要了", actor=desk.agent, now=desk.now)


def _reship(desk: _Desk, orders: Sequence[int]) -> None:
    for number, (order_id, cause) in enumerate(zip(orders, ReshipCause, strict=False)):
        order = queries.visible_to(SYSTEM).get(pk=order_id)
        lines = {line.line_id: min(line.left, 1) for line in sent_lines(order)}
        wish = Wish(f"demo-again-{number}", lines, cause, "客户未收到完好的商品")
        reship(order_id=order_id, wish=wish, actor=desk.agent, now=desk.now)


def _merge(desk: _Desk) -> None:
    """Orders of one buyer: proposed, to share a parcel, kept apart, dissolved, and gone in one parcel."""
    pairs = [[desk.enter(buyer) for _ in range(2)] for buyer in (2, 3, 4)]
    merging.share_parcel(order_ids=pairs[1], actor=desk.agent, now=desk.now)
    merging.keep_apart(order_ids=pairs[2], reason="其中一单是送人的", actor=desk.agent, now=desk.now)
    again = [desk.enter(0, payment="paid") for _ in range(2)]
    group = merging.share_parcel(order_ids=again, actor=desk.agent, now=desk.now)
    merging.dissolve(group_id=group.pk, reason="客户要求分开寄", actor=desk.agent, now=desk.now)
    gone = [desk.enter(1) for _ in range(2)]
    merging.share_parcel(order_ids=gone, actor=desk.agent, now=desk.now)
    served = release_orders(order_ids=gone, actor=SYSTEM, now=desk.now)
    if len(served) == len(gone):
        for key in gone:
            checklist = Checklist(appearance=True, packing_list=True, gifts=True, manual=True, warranty=True)
            pack_order(order_id=key, checklist=checklist, actor=SYSTEM, now=desk.now)
        ship_order(order_id=gone[0], parcels=[Parcel(CARRIER, "SF8000000000001")], actor=SYSTEM, now=desk.now)


def _split(desk: _Desk) -> None:
    """Orders larger than any warehouse: one proposed, one split, one kept whole."""
    for number in range(3):
        sku = range_of([desk.goods[-1 - number].code])[0]
        desk.enter(number, sku=sku, pieces=max(sku.available.values()) + 1)
    found = [one.order.pk for one in splits.proposals(SYSTEM) if one.kind == "places"]
    if len(found) > 2:
        splitting.split_order(order_id=found[0], reason="两仓分别发货", actor=desk.boss, now=desk.now)
        splitting.keep_whole(order_id=found[1], reason="客户要求一次收齐，等调拨", actor=desk.boss, now=desk.now)


def _invoice(desk: _Desk, orders: Sequence[int]) -> None:
    """Asked for, asked for too long ago, issued, to be taken back, taken back, cancelled."""
    states = ("asked", "late", "issued", "wrong", "back", "cancelled")
    for number, (state, order_id) in enumerate(zip(states, orders, strict=False)):
        at = desk.now - (_LATE if state == "late" else _FRESH)
        heading = _PERSON if state in ("late", "cancelled") else _COMPANY
        row = requests.request_invoice(order_id=order_id, heading=heading, actor=desk.agent, now=at)
        if state == "cancelled":
            requests.cancel_request(invoice_id=row.pk, reason="客户不再需要", actor=desk.agent, now=desk.now)
        if state in ("issued", "wrong", "back"):
            paper = _pdf(f"invoice-{number}.pdf")
            issuing.issue_invoice(
                invoice_id=row.pk, number=f"2544000000{number:010}", file=paper, actor=desk.finance, now=desk.now
            )
        if state in ("wrong", "back"):
            issuing.ask_red_letter(invoice_id=row.pk, reason="抬头有误", actor=desk.agent, now=desk.now)
        if state == "back":
            issuing.issue_red_letter(invoice_id=row.pk, number=f"2544999999{number:010}", actor=desk.finance, now=desk.now)


def _pdf(name: str) -> "InMemoryUploadedFile":
    content = b"%PDF-1.4\n% the demo company's invoice\n%%EOF\n"
    return InMemoryUploadedFile(BytesIO(content), "file", name, "application/pdf", len(content), None)


def _entry(order_id: int) -> int:
    return queries.visible_to(SYSTEM).values_list("entry", flat=True).get(pk=order_id)  # type: ignore[no-any-return]


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
