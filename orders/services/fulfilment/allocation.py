"""Choosing the warehouse of orders when they are released. SOP: O8"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.queries import picking as shelves
from catalog.queries.offers import warehouses_of
from catalog.services import promises
from catalog.services.stock import Take
from opsdesk.common.actors import Actor
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import AllocationOutcome
from orders.enums.orders import HoldCode
from orders.models import Allocation, AllocationRule, Carrier, DeliveryAddress, Order, OrderHold
from orders.parameters.fulfilment import ALLOCATION_TIME
from orders.rules.fulfilment.allocation import Choice, Look, Need, Place, Rule, choose, only_place
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import steps
from orders.services.events import KIND
from orders.services.fulfilment import gifts
from orders.services.grouping import sharing

WORK = "orders.unallocated"
REFUSED = mark("No warehouse can serve this order.")


def place(orders: Sequence[Order], *, actor: Actor, now: datetime) -> list[Order]:
    """Choose the warehouses of locked orders, move their pieces there and reserve their gifts; returns the orders that no
    warehouse can serve, which are on hold now.

    A warehouse that was chosen by hand stays. Orders that have nothing reserved need none. So many statements whatever
    the number of orders.
    SOP: O8, O10
    """
    rules, offers = _rules(), gifts.offers()
    needs = needs_of(orders, provinces=bool(rules))
    left = lock_left(needs, gifts.skus(offers)) if rules or offers else {}
    in_use = set(Carrier.objects.filter(is_active=True).values_list("code", flat=True)) if rules else set()
    by_hand = Allocation.objects.filter(order__in=orders, current=True, outcome=AllocationOutcome.OVERRIDE)
    chosen = set(by_hand.values_list("order_id", flat=True))
    choices = choose([need for need in needs if need.order_id not in chosen], rules, left, carriers_in_use=in_use)
    write(choices, needs, actor=actor, now=now)
    refused = {choice.order_id for choice in choices if choice.outcome is AllocationOutcome.NONE}
    wanted = _wanted(needs, choices)
    gifts.give([order for order in orders if order.pk not in refused], offers, wanted, left)
    rebook(orders, needs, wanted, now=now)
    _hold([order for order in orders if order.pk in refused], actor, now)
    return [order for order in orders if order.pk in refused]


def needs_of(orders: Sequence[Order], *, provinces: bool = True) -> list[Need]:
    """What these orders have reserved where, as the rules want to know it; orders without a reservation are left out."""
    refs = {order.public_id: order for order in orders}
    held: dict[str, dict[Place, int]] = defaultdict(dict)
    for row in shelves.all_reserved(list(refs)):
        held[row.owner_ref][row.sku_id, row.warehouse_id] = row.quantity
    places = warehouses_of({order.shop_id for order in orders}) if held else {}
    addresses = DeliveryAddress.objects.filter(order__in=orders) if provinces else DeliveryAddress.objects.none()
    by_order = dict(addresses.values_list("order_id", "province"))
    return [
        Need(order.pk, order.shop_id, by_order.get(order.pk, ""), _pieces(held[ref]), held[ref], places[order.shop_id])
        for ref, order in refs.items()
        if ref in held
    ]


def lock_left(needs: Sequence[Need], more_skus: Collection[int] = ()) -> dict[Place, int]:
    """Lock the balances that the needs, and further SKUs, may touch; what can still be promised of each."""
    places = {place for need in needs for place in need.places} | {place for need in needs for _, place in need.held}
    return promises.lock_available({sku for need in needs for sku in need.pieces} | set(more_skus), places)


def write(
    choices: Sequence[Choice], needs: Sequence[Need], *, actor: Actor, now: datetime, reason: str = ""
) -> list[Allocation]:
    """Keep the decisions with their explanations; the ones before are not current any more. SOP: O8"""
    if not choices:
        return []
    codes, carriers = shelves.warehouse_codes(), dict(Carrier.objects.values_list("code", "pk"))
    names = shelves.labels({sku for choice in choices for look in choice.looks for sku in look.missing})
    Allocation.objects.filter(order__in=[choice.order_id for choice in choices], current=True).update(current=False)
    rows = [
        Allocation(
            order_id=choice.order_id,
            warehouse_id=choice.warehouse,
            carrier_id=carriers.get(choice.carrier),
            rule_id=choice.rule_id,
            outcome=choice.outcome,
            looked_at=[_told(look, codes, names) for look in choice.looks],
            reason=reason,
            decided_at=now,
            decided_by=actor.label,
        )
        for choice in choices
    ]
    return Allocation.objects.bulk_create(rows)


def rebook(orders: Sequence[Order], needs: Sequence[Need], wanted: Mapping[int, Mapping[Place, int]], *, now: datetime) -> None:
    """Reserve what is wanted instead of what is held, for the orders for which that differs."""
    refs = {order.pk: order.public_id for order in orders}
    changed = {need.order_id for need in needs if dict(need.held) != dict(wanted[need.order_id])}
    takes = [
        Take(refs[key], sku, warehouse, pieces) for key in changed for (sku, warehouse), pieces in sorted(wanted[key].items())
    ]
    if takes:
        promises.replace([refs[key] for key in changed], takes, now=now)


def _rules() -> list[Rule]:
    rows = AllocationRule.objects.filter(is_active=True).order_by("priority", "id")
    return [Rule(row.pk, row.name, row.warehouse_id, row.shop_id, tuple(row.provinces), tuple(row.carriers)) for row in rows]


def _pieces(held: Mapping[Place, int]) -> dict[int, int]:
    pieces: dict[int, int] = defaultdict(int)
    for (sku, _), quantity in held.items():
        pieces[sku] += quantity
    return dict(pieces)


def _wanted(needs: Sequence[Need], choices: Sequence[Choice]) -> dict[int, dict[Place, int]]:
    """Where each order's pieces shall be reserved: in the warehouse that a rule chose, else where they are."""
    targets = {choice.order_id: choice.warehouse for choice in choices if choice.outcome is AllocationOutcome.RULE}
    wanted = {}
    for need in needs:
        target = targets.get(need.order_id)
        wanted[need.order_id] = (
            {(sku, target): pieces for sku, pieces in need.pieces.items()} if target is not None else dict(need.held)
        )
    return wanted


def _told(look: Look, codes: Mapping[int, str], labels: Mapping[int, Any]) -> dict[str, Any]:
    missing = {labels[sku].code: pieces for sku, pieces in look.missing.items()}
    return {"warehouse": codes[look.warehouse], "rule": look.rule, "verdict": look.verdict.value, "missing": missing}


def _hold(orders: Sequence[Order], actor: Actor, now: datetime) -> None:
    """These orders wait until somebody chooses their warehouse by hand, or helps the rules."""
    if not orders:
        return
    OrderHold.objects.bulk_create(
        OrderHold(order=order, code=HoldCode.OTHER, reason=REFUSED, opened_at=now, opened_by=actor.label) for order in orders
    )
    sharing.leave(orders, "held", actor=actor, now=now)
    due = now + value(ALLOCATION_TIME)
    works = [
        inbox.Work(WORK, KIND, order.public_id, due, shop_id=order.shop_id, params={"number": order.number}) for order in orders
    ]
    inbox.raise_many(works, now=now)
    step = ORDER_LIFECYCLE.transitions["hold"]
    steps.move(orders, step, event="held", actor=actor, now=now, reason=REFUSED, details={"hold": HoldCode.OTHER.value})


__all__ = ["REFUSED", "WORK", "lock_left", "needs_of", "only_place", "place", "rebook", "write"]
