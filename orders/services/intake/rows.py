"""Writing what intake decided: every kind of row in one statement, whatever the number of orders."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from catalog.enums.stock import MovementReason
from catalog.services import stock
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.inserts import insert, together
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.orders import OrderKind, OrderStatus, PaymentStatus
from orders.models import Customer, DeliveryAddress, Order, OrderCheck, OrderHold, OrderLine
from orders.parameters.intake import PROCESSING_TIME, UNPAID_RESERVATION
from orders.rules import deadlines
from orders.rules.holds import needs_contact
from orders.rules.intake import checks
from orders.rules.intake.doubts import Thresholds
from orders.services.contact import ask_customer
from orders.services.events import KIND, order_news
from orders.services.intake import check_rows
from orders.services.intake.case import Case
from orders.services.intake.past import thresholds

UNKNOWN_AMOUNT_IS_ALL = {PaymentStatus.PAID, PaymentStatus.REFUNDED}


def write(cases: Sequence[Case], plan: stock.Plan, *, actor: Actor, now: datetime) -> None:
    """Write the orders of these cases with everything that hangs on them; each case then knows its order."""
    if not cases:
        return
    customers = _customers(cases, now)
    with together():
        for case in cases:
            case.order, case.created = _order(case, customers, now), True
        orders = [case.order for case in cases if case.order]
        insert(orders)
        _write_details(cases, actor, now)
        _move_stock(cases, plan, actor, now)
        held = {case.order: case.holds for case in cases if case.order and case.holds}
        ask_customer([order for order, codes in held.items() if needs_contact(codes)], now=now)
        news = [order_news("created", order) for order in orders if not order.historical]
        news += [order_news("held", order, hold=code) for order, codes in held.items() for code in codes]
        emit_many(news, now=now, newborn=True)
        record_many(
            [
                Change("orders.created", KIND, order.public_id, shop=order.shop.code, after={"status": order.status})
                for order in orders
            ],
            actor=actor,
            now=now,
        )


def _customers(cases: Sequence[Case], now: datetime) -> dict[tuple[int, str], Customer]:
    wanted: dict[tuple[int, str], Customer] = {}
    for case in cases:
        if (buyer := case.draft.customer) and case.shop:
            wanted[case.shop.pk, buyer.external_id] = Customer(
                shop=case.shop, external_id=buyer.external_id, name=buyer.name, phone=buyer.phone, email=buyer.email
            )
    rows = [wanted[key] for key in sorted(wanted)]
    if rows:
        Customer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["shop", "external_id"],
            update_fields=["name", "phone", "email"],
        )
    return wanted


def _order(case: Case, customers: dict[tuple[int, str], Customer], now: datetime) -> Order:
    draft, shop = case.draft, case.shop
    assert shop
    payment = draft.payment
    paid = payment.amount
    if paid is None:
        paid = draft.payable if payment.status in UNKNOWN_AMOUNT_IS_ALL else draft.payable * 0
    past = draft.placed_at if draft.historical else None
    return Order(
        pk=case.ids.key,
        created_at=now,
        updated_at=now,
        version=1,
        shop=shop,
        external_id=draft.external_id,
        number=f"{draft.placed_at.astimezone(SHOP_TIME):%Y%m%d}{case.ids.number:06d}",
        kind=draft.kind,
        status=OrderStatus.COMPLETED if draft.historical else OrderStatus.PENDING,
        payment_status=payment.status,
        customer=customers.get((shop.pk, draft.customer.external_id)) if draft.customer else None,
        currency=draft.currency,
        goods_amount=draft.goods,
        discount_amount=draft.discount,
        freight_amount=draft.freight,
        payable_amount=draft.payable,
        paid_amount=paid,
        payment_method=payment.method,
        payment_reference=payment.reference,
        coupons=list(draft.coupons),
        buyer_note=draft.buyer_note,
        is_test=draft.is_test,
        historical=draft.historical,
        intake_prints=case.prints,
        placed_at=draft.placed_at,
        paid_at=payment.paid_at or (draft.placed_at if payment.status == PaymentStatus.PAID else None),
        shipped_at=past,
        completed_at=past,
        promised_by=draft.promised_by,
        process_by=None
        if draft.historical
        else deadlines.process_by(
            placed_at=draft.placed_at, paid_later_at=None, payment_status=payment.status, span=value(PROCESSING_TIME)
        ),
    )


def _write_details(cases: Sequence[Case], actor: Actor, now: datetime) -> None:
    """Addresses, lines, checks and holds. The order keeps them at hand, so that answering it reads nothing again."""
    addresses: list[DeliveryAddress] = []
    lines: list[OrderLine] = []
    results: list[OrderCheck] = []
    holds: list[OrderHold] = []
    limits = thresholds()
    for case in cases:
        assert case.order
        found = [] if case.draft.historical else findings_of(case, limits)
        own_lines, own_results = _lines(case), [_check(case.order, finding) for finding in found]
        own_holds = [
            OrderHold(order=case.order, code=finding.hold, opened_at=now, opened_by=actor.label)
            for finding in found
            if finding.hold
        ]
        case.holds = [hold.code for hold in own_holds]
        if case.draft.address:
            addresses.append(DeliveryAddress(order=case.order, written=case.written, **check_rows.columns(case.draft.address)))
        kept = {"lines": own_lines, "checks": own_results, "holds": own_holds, "shipments": []}
        case.order._prefetched_objects_cache = kept  # type: ignore[attr-defined]
        lines += own_lines
        results += own_results
        holds += own_holds
    for rows in (addresses, lines, results, holds):
        insert(rows)


def _check(order: Order, finding: checks.Finding) -> OrderCheck:
    return OrderCheck(order=order, code=finding.code, result=finding.result, detail=dict(finding.detail))


def _lines(case: Case) -> list[OrderLine]:
    return [
        OrderLine(
            order=case.order,
            position=position,
            sku_id=offer.sku_id,
            sku_code=offer.code,
            listing_revision_id=offer.revision_id,
            title=offer.title,
            options=offer.options,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount_amount=line.discount,
        )
        for position, (line, offer) in enumerate(zip(case.draft.lines, case.lines, strict=True), start=1)
    ]


def findings_of(case: Case, limits: Thresholds) -> list[checks.Finding]:
    """What the automatic checks find of a case that may become an order. SOP: O2"""
    prices = {offer.code: offer.prices for offer in case.lines}
    return checks.findings(case.draft, in_stock=case.in_stock, catalog_prices=prices, past=case.past, limits=limits)


def _move_stock(cases: Sequence[Case], plan: stock.Plan, actor: Actor, now: datetime) -> None:
    """Reserve for new orders; book what past ones moved."""
    by_ref = {"\n".join(case.key): case for case in cases}
    takes = [(by_ref[take.owner_ref], take) for take in plan.takes if take.owner_ref in by_ref]
    reserve = [
        replace(take, owner_ref=case.order.public_id) for case, take in takes if case.order and not case.draft.historical
    ]
    unpaid = value(UNPAID_RESERVATION)
    expiry = {
        case.order.public_id: now + unpaid for case in cases if case.order and case.draft.payment.status == PaymentStatus.UNPAID
    }
    stock.reserve(reserve, expires_at=expiry, now=now)
    moved = [
        stock.Booking(take.sku, take.warehouse, -take.quantity, f"sale:{ref}:{take.sku}:{take.warehouse}", ref)
        for case, take in takes
        if case.order and case.draft.historical and (ref := case.order.public_id)
    ]
    moved += _returned(cases)
    if moved:
        stock.book(moved, reason=MovementReason.SALE, actor=actor, now=now)


def _returned(cases: Sequence[Case]) -> list[stock.Booking]:
    """What credit notes bring back goes to the first warehouse of the shop."""
    return [
        stock.Booking(sku, case.warehouses[0], quantity, f"credit:{ref}:{sku}", ref, MovementReason.RETURN)
        for case in cases
        if case.draft.kind == OrderKind.CREDIT and case.order and (ref := case.order.public_id)
        for sku, quantity in case.quantities.items()
    ]
