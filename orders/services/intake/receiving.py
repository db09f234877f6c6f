"""Taking orders in: one set-based core for a single order and for a thousand.

It decides everything first, with locks held, and writes afterwards in a fixed number of statements.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from catalog.queries.offers import Offer, offers_and_places
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to
from orders.errors import OrderConflict
from orders.models import Order
from orders.parameters.intake import MAX_LINES, PLACED_AHEAD, PLACED_BACK
from orders.rules.intake import addresses
from orders.rules.intake.checks import Finding
from orders.rules.intake.draft import DraftAddress, DraftCustomer, DraftLine, DraftPayment, Limits, OrderDraft, refusal
from orders.services.fulfilment.prints import differences, prints
from orders.services.intake import rows as intake_rows
from orders.services.intake.case import Case, FreshIds
from orders.services.intake.past import look_back, thresholds
from orders.services.intake.stock import plan_stock

__all__ = [
    "Case",
    "DraftAddress",
    "DraftCustomer",
    "DraftLine",
    "DraftPayment",
    "FreshIds",
    "OrderDraft",
    "judge_orders",
    "preview_order",
    "receive_order",
    "receive_orders",
]


def receive_order(*, draft: OrderDraft, actor: Actor, now: datetime) -> Case:
    """Take one order in; the same (shop, external_id) again is the first order.

    Raises: Forbidden, Invalid and its kin, OrderConflict, InsufficientStock.
    SOP: O1, O2
    """
    case = receive_orders(drafts=[draft], all_or_nothing=True, actor=actor, now=now)[0]
    if case.error:
        raise case.error
    return case


def preview_order(*, draft: OrderDraft, actor: Actor, now: datetime) -> tuple[Case, list[Finding]]:
    """Judge an order as if it were taken in, and write nothing; also says what the automatic checks would find.

    Raises: Forbidden, Invalid and its kin, OrderConflict, InsufficientStock.
    SOP: O2
    """
    case = receive_orders(drafts=[draft], all_or_nothing=True, actor=actor, now=now, write=False)[0]
    if case.error:
        raise case.error
    return case, [] if draft.historical else intake_rows.findings_of(case, thresholds())


@transaction.atomic(savepoint=False)
def receive_orders(
    *, drafts: Sequence[OrderDraft], all_or_nothing: bool, actor: Actor, now: datetime, write: bool = True
) -> list[Case]:
    """Take many orders in; what is wrong with each stands in its case, and only the good ones are written.

    With `all_or_nothing` one bad draft keeps all of them out. Without `write` everything is decided and nothing kept.
    Raises: Forbidden.
    SOP: O1, O2
    """
    _require(drafts, actor)
    cases = [Case(draft) for draft in drafts]
    _find_shops(cases, actor)
    _serialise(cases)
    _find_existing(cases)
    firsts = _first_of_each_number(cases)
    _judge(firsts, now)
    _match_offers(firsts)
    look_back(firsts)
    plan = plan_stock(firsts)
    failed = any(case.error for case in cases)
    if write and not (all_or_nothing and failed):
        intake_rows.write([case for case in firsts if case.open], plan, actor=actor, now=now)
    _follow_firsts(cases, firsts)
    return cases


def judge_orders(*, drafts: Sequence[OrderDraft], actor: Actor, now: datetime) -> list[Case]:
    """What `receive_orders` would say of new orders at this moment, by reading alone: nothing is written and nothing locked.

    Raises: Forbidden.
    SOP: O1, O2
    """
    _require(drafts, actor)
    cases = [Case(draft) for draft in drafts]
    _find_shops(cases, actor)
    _find_existing(cases)
    firsts = _first_of_each_number(cases)
    _judge(firsts, now)
    _match_offers(firsts)
    plan_stock(firsts, lock=False)
    return cases


def _require(drafts: Sequence[OrderDraft], actor: Actor) -> None:
    if any(draft.historical for draft in drafts):
        actor.require("orders.import_order")
    if any(not draft.historical for draft in drafts):
        actor.require("orders.add_order")


def _find_shops(cases: list[Case], actor: Actor) -> None:
    shops = {shop.code: shop for shop in visible_to(actor).filter(code__in={case.draft.shop for case in cases})}
    for case in cases:
        case.shop = shops.get(case.draft.shop)
        if case.shop is None:
            issue = Issue("/shop", "unknown_shop", mark("There is no such shop."))
            case.error = Invalid(issue.message, code=issue.code, issues=[issue])
            continue
        case.draft = replace(case.draft, currency=case.draft.currency or case.shop.currency)
        case.prints = prints(case.draft)
        _normalise(case)
        if not case.shop.is_open and not case.draft.historical:
            issue = Issue("/shop", "not_on_sale", mark("The shop is closed."))
            case.error = Invalid(issue.message, code=issue.code, issues=[issue])


def _normalise(case: Case) -> None:
    """The address in one form; what the buyer wrote stays beside it. SOP: O2, O4"""
    if (given := case.draft.address) is None:
        return
    address = addresses.normalise(given)
    case.written = addresses.as_written(given, address)
    case.draft = replace(case.draft, address=address)


def _serialise(cases: list[Case]) -> None:
    """Let only one transaction at a time work on a shop's order number; the lock ends with the transaction.

    The same statement draws fresh ids for all; gaps in their sequences do no harm.
    """
    keys = sorted({f"{shop} {number}" for shop, number in (case.key for case in cases if case.open)})
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH locked AS MATERIALIZED (SELECT count(pg_advisory_xact_lock(hashtextextended(k, 0))) "
            "FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n)) "
            "SELECT nextval(pg_get_serial_sequence('orders_order', 'id')), nextval('orders_number') "
            "FROM locked, generate_series(1, %s)",
            [keys, len(cases)],
        )
        for case, row in zip(cases, cursor.fetchall(), strict=True):
            case.ids = FreshIds(*row)


def _find_existing(cases: list[Case]) -> None:
    wanted = {(case.shop.pk, case.draft.external_id): case for case in cases if case.shop}
    numbers = {number for _, number in wanted}
    rows = Order.objects.filter(shop__in={shop for shop, _ in wanted}, external_id__in=numbers)
    found = {(order.shop_id, order.external_id): order for order in rows}
    for case in cases:
        if case.open and case.shop and (order := found.get((case.shop.pk, case.draft.external_id))):
            order.shop = case.shop
            _recognise(case, order)


def _recognise(case: Case, order: Order) -> None:
    """The number is known: the same content is the same order, other content is a conflict."""
    changed = differences(order.intake_prints, case.prints)
    if not changed:
        case.order = order
        return
    issues = [Issue(pointer, "differs", mark("It differs from the existing order.")) for pointer in changed]
    case.error = OrderConflict(issues=issues, extra={"id": order.public_id})


def _first_of_each_number(cases: list[Case]) -> list[Case]:
    firsts: dict[tuple[str, str], Case] = {}
    for case in cases:
        firsts.setdefault(case.key, case)
    return list(firsts.values())


def _follow_firsts(cases: list[Case], firsts: list[Case]) -> None:
    """A number that stands twice in one batch: the second is the first again."""
    by_key = {case.key: case for case in firsts}
    for case in cases:
        first = by_key[case.key]
        if case is not first and case.open and first.order:
            _recognise(case, first.order)


def _judge(cases: list[Case], now: datetime) -> None:
    limits = Limits(ahead=value(PLACED_AHEAD), back=value(PLACED_BACK), lines=value(MAX_LINES))
    for case in cases:
        if case.open and case.shop:
            case.error = refusal(case.draft, currency=case.shop.currency, limits=limits, now=now)


def _match_offers(cases: list[Case]) -> None:
    waiting = [case for case in cases if case.open]
    shops = {case.shop.pk for case in waiting if case.shop}
    known, places = offers_and_places({line.sku for case in waiting for line in case.draft.lines}, shops)
    for case in waiting:
        issues = _line_issues(case, known)
        if issues:
            case.error = Invalid(issues[0].message, code=issues[0].code, issues=issues)
            continue
        case.warehouses = places[case.shop.pk] if case.shop else []
        case.lines = [known[line.sku] for line in case.draft.lines]
        for line, offer in zip(case.draft.lines, case.lines, strict=True):
            case.quantities[offer.sku_id] = case.quantities.get(offer.sku_id, 0) + line.quantity


def _line_issues(case: Case, known: dict[str, Offer]) -> list[Issue]:
    issues = []
    for index, line in enumerate(case.draft.lines):
        pointer, offer = f"/lines/{index}/sku", known.get(line.sku)
        if offer is None:
            issues.append(Issue(pointer, "unknown_sku", mark("There is no such SKU.")))
        elif not case.draft.historical and case.shop and case.shop.pk not in offer.on_sale_in:
            issues.append(Issue(pointer, "not_on_sale", mark("This SKU is not on sale in this shop.")))
    return issues
