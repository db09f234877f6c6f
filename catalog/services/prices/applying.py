"""Putting approved prices in force, and ending limited ones: by the minute, in a fixed number of statements a batch."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from catalog.enums.prices import PriceChangeState, PriceSource
from catalog.models import PriceChange, PriceChangeLine, Product, Sku
from catalog.queries.prices.facts import AMOUNTS, as_json, from_json, prices_of
from catalog.rules.prices.checks import Prices
from catalog.rules.prices.lifecycle import PRICE_LIFECYCLE
from catalog.services.prices import steps
from catalog.services.prices.history import Origin, keep_history
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_many
from opsdesk.webhooks.services import News, emit_many

BATCH = 100
EVENT = "listing.price_changed"


def apply_prices(*, now: datetime) -> int:
    """Put in force every approved change whose time has come, and end every limited one whose time is over.

    Run twice it changes nothing. One that nobody put in force while it should have held is done without effect.
    Returns how many changes were started or ended.
    SOP: C10, C24
    """
    done = 0
    while batch := _apply_batch(now):
        done += batch
    return done


@transaction.atomic
def end_change(*, change_id: int, actor: Actor, now: datetime) -> PriceChange:
    """End a limited price before its time: what held before holds again.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C24
    """
    change = steps.lock_change(change_id, actor)
    steps.enter(change, "end", actor)
    _run([change], actor, now)
    return change


def apply_change(change: PriceChange, *, actor: Actor, now: datetime) -> None:
    """Put a locked, approved change in force. SOP: C10"""
    _run([change], actor, now)


@transaction.atomic
def _apply_batch(now: datetime) -> int:
    due = Q(state=PriceChangeState.SCHEDULED, effective_from__lte=now)
    over = Q(state=PriceChangeState.ACTIVE, effective_until__lte=now)
    changes = lock_many(PriceChange.objects.filter(due | over), limit=BATCH)
    if changes:
        _run(changes, SYSTEM, now)
    return len(changes)


def _run(changes: Sequence[PriceChange], actor: Actor, now: datetime) -> None:
    """Take the next step with each: ends come before beginnings, then by time."""
    lines = list(PriceChangeLine.objects.filter(change__in=changes).order_by("id"))
    skus = _lock_skus({line.sku_id for line in lines})
    origins: dict[int, Origin] = {}
    ending = {change.pk for change in changes if change.state == PriceChangeState.ACTIVE}
    entries = []
    for change in sorted(changes, key=lambda one: (one.pk not in ending, one.effective_from, one.pk)):
        own = [line for line in lines if line.change_id == change.pk]
        entries.append(_step(change, own, skus, origins, now))
    Sku.objects.bulk_update([skus[pk] for pk in origins], AMOUNTS)
    PriceChangeLine.objects.bulk_update(lines, ["before"])
    PriceChange.objects.bulk_update(changes, ["state", "started_at", "ended_at"])
    record_many(entries, actor=actor, now=now)
    keep_history([(skus[pk], origin) for pk, origin in origins.items()], actor=actor, now=now)
    tell_prices([skus[pk] for pk in origins], now=now)


def _step(
    change: PriceChange, lines: Iterable[PriceChangeLine], skus: dict[int, Sku], origins: dict[int, Origin], now: datetime
) -> Change:
    before = change.state
    if before == PriceChangeState.ACTIVE:
        name = "end"
        for line in lines:
            _fill(skus[line.sku_id], from_json(line.before))
            origins[line.sku_id] = Origin(PriceSource.RETURN, change.public_id)
    elif change.effective_until is not None and change.effective_until <= now:
        name = "settle"  # nobody put it in force in time
    else:
        name = "settle" if change.effective_until is None else "start"
        change.started_at = now
        for line in lines:
            sku = skus[line.sku_id]
            line.before = as_json(prices_of(sku))
            _fill(sku, prices_of(line, cost=sku.cost))
            origins[line.sku_id] = Origin(PriceSource.CHANGE, change.public_id, is_limited=name == "start")
    change.state = str(PRICE_LIFECYCLE.transitions[name].target)
    change.ended_at = now if change.state == PriceChangeState.ENDED else None
    return Change(f"prices.{name}", steps.KIND, change.public_id, before={"state": before}, after={"state": change.state})


def _lock_skus(ids: Iterable[int]) -> dict[int, Sku]:
    """Lock products, then SKUs: in the order in which publishing takes them."""
    skus = Sku.objects.filter(pk__in=list(ids))
    lock_many(Product.objects.filter(pk__in=skus.values("product")))
    return {sku.pk: sku for sku in lock_many(skus)}


def _fill(sku: Sku, prices: Prices) -> None:
    for name in AMOUNTS:
        setattr(sku, name, getattr(prices, name))


def tell_prices(skus: Sequence[Sku], *, now: datetime) -> None:
    """Move the goods to the end of the feed and tell the shops that sell them; costs are nobody's business. SOP: C24"""
    ids = {sku.product_id for sku in skus}
    Product.objects.filter(pk__in=ids).update(status=F("status"))
    products = Product.objects.prefetch_related("offers__shop").in_bulk(ids)
    news = [
        News(EVENT, "product", product.public_id, offer.shop_id, _told(product, offer.shop.code, skus))
        for product in products.values()
        for offer in product.offers.all()
    ]
    emit_many(news, now=now)


def _told(product: Product, shop: str, skus: Sequence[Sku]) -> dict[str, object]:
    rows = [
        {"sku": sku.code, **{name: text for name, text in as_json(prices_of(sku)).items() if name != "cost"}}
        for sku in skus
        if sku.product_id == product.pk
    ]
    return {"id": product.public_id, "code": product.code, "shop": shop, "skus": rows}
