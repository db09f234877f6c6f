"""Many listings on or off sale at once: each with its own result, and first without any effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from catalog.enums.listings import DelistReason
from catalog.models import ListingRevision
from catalog.queries.listings import revisions_for
from catalog.services.publishing import delist, relist
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid, NotFound
from opsdesk.common.text import mark

MOST = 200
DELIST, RELIST = "delist", "relist"


@dataclass(frozen=True)
class BulkOrder:
    """Which listings, and what becomes of them. `category` is a code of any level; at least one filter is named."""

    action: str
    reason: str
    note: str = ""
    category: str = ""
    tag: str = ""
    shop: str = ""
    supplier: str = ""
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one listing; `error` says why it was refused."""

    code: str
    error: DomainError | None = None


def carry_out(*, order: BulkOrder, dry_run: bool, actor: Actor, now: datetime) -> list[Outcome]:
    """Take the chosen listings off sale or put them back, each or not; a dry run does all of it and keeps nothing.

    Only the unchanged revision that was approved comes back. Codes that no listing has are refused by name.
    Raises: Forbidden, Invalid (no filter, unknown action or reason, more listings than go at once).
    SOP: C14
    """
    _require_sense(order, actor)
    chosen = list(_chosen(order, actor)[: MOST + 1])
    if len(chosen) > MOST:
        raise Invalid(mark("More than %(most)s listings; choose fewer."), code="too_many", most=MOST)
    with transaction.atomic():
        results = [Outcome(row.product.code, _one(row, order, actor, now)) for row in chosen]
        if dry_run:
            transaction.set_rollback(True)
    found = {row.product.code for row in chosen}
    return [*results, *(Outcome(code, NotFound()) for code in order.codes if code not in found)]


def _one(revision: ListingRevision, order: BulkOrder, actor: Actor, now: datetime) -> DomainError | None:
    """One listing, wholly or not at all."""
    try:
        with transaction.atomic():
            if order.action == DELIST:
                delist(revision_id=revision.pk, reason=order.reason, note=order.note, actor=actor, now=now)
            else:
                relist(revision_id=revision.pk, reason=order.reason, note=order.note, actor=actor, now=now)
    except DomainError as refusal:
        return refusal
    return None


def _chosen(order: BulkOrder, actor: Actor) -> QuerySet[ListingRevision]:
    """Listings that were released last and fit every filter; named by codes in any state, so that it is said why not."""
    rows = revisions_for(actor).filter(product__live_revision=F("pk")).order_by("product__code")
    if order.codes:
        rows = rows.filter(product__code__in=order.codes)
    else:
        rows = rows.filter(state="listed" if order.action == DELIST else "delisted")
    if order.category:
        paths = ("", "__parent", "__parent__parent")
        rows = rows.filter(Q(*((f"product__category{path}__code", order.category) for path in paths), _connector=Q.OR))
    if order.tag:
        rows = rows.filter(tags__contains=[order.tag])
    if order.shop:
        rows = rows.filter(shop_codes__contains=[order.shop])
    return rows.filter(supplier=order.supplier) if order.supplier else rows


def _require_sense(order: BulkOrder, actor: Actor) -> None:
    permissions = {DELIST: "catalog.delist_listing", RELIST: "catalog.publish_listing"}
    if order.action not in permissions:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    actor.require(permissions[order.action])
    if order.reason not in DelistReason.values:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=order.reason)
    if not any((order.category, order.tag, order.shop, order.supplier, order.codes)):
        raise Invalid(mark("Choose by at least one of category, tag, shop, supplier and codes."), code="filter_required")
