"""Many listings on or off sale at once: each with its own result, first without any effect, then as it was shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import F, Q, QuerySet

from catalog.enums.listings import DelistReason
from catalog.models import ListingRevision, Product
from catalog.queries.listings import revisions_for
from catalog.rules.delisting.bulk import DELIST, RELIST, UNKNOWN, Refusal, Row, refusals, token_of
from catalog.services.publishing import delist, relist
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid, Stale
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark

MOST = 200
_PERMISSIONS = {DELIST: "catalog.delist_listing", RELIST: "catalog.publish_listing"}


@dataclass(frozen=True)
class BulkOrder:
    """Which listings, and what becomes of them. `category` is a key of any level; at least one filter is named."""

    action: str
    reason: str
    note: str = ""
    category: int | None = None
    tag: str = ""
    shop: str = ""
    supplier: str = ""
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """What becomes of each listing, and the token by which exactly this is done; `done` when it has been."""

    rows: Sequence[Row]
    token: str
    done: bool

    @property
    def ok(self) -> int:
        """How many are not refused."""
        return sum(not row.refused for row in self.rows)


def carry_out(*, order: BulkOrder, seen: str = "", actor: Actor, now: datetime) -> Outcome:
    """Show what becomes of the chosen listings, or with the token of what was `seen` do exactly that.

    Without a token all of it is tried and nothing is kept. Only the unchanged revision that was approved comes back.
    Codes that no listing has are refused by name.
    Raises: Forbidden, Invalid (no filter, unknown action or reason, more listings than go at once), Stale (a listing, its
    refusal or the order is not what was shown; nothing is written).
    SOP: C14
    """
    _require_sense(order, actor)
    with transaction.atomic():
        chosen = _locked(order, actor)
        rows = [_row(revision, _refusals(revision, order, actor, now)) for revision in chosen]
        found = {row.code for row in rows}
        rows += [Row(code, refused=UNKNOWN) for code in order.codes if code not in found]
        token = token_of(asdict(order), rows)
        if seen and not compare_digest(seen.encode(), token.encode()):
            raise Stale(mark("It is no longer as it was shown; look again."))
        if not seen:
            transaction.set_rollback(True)
    return Outcome(rows, token, bool(seen))


def _row(revision: ListingRevision, refused: tuple[Refusal, ...]) -> Row:
    return Row(revision.product.code, revision.pk, revision.version, revision.title, refused)


def _refusals(revision: ListingRevision, order: BulkOrder, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    """One listing, wholly or not at all."""
    step = delist if order.action == DELIST else relist
    try:
        with transaction.atomic():
            step(revision_id=revision.pk, reason=order.reason, note=order.note, actor=actor, now=now)
    except DomainError as refusal:
        return refusals(refusal, revision.state)
    return ()


def _locked(order: BulkOrder, actor: Actor) -> list[ListingRevision]:
    """The chosen listings as they are while nobody else can change them. Raises: Invalid (too many)."""
    wanted = _chosen(order, actor)
    products = list(wanted.values_list("product", flat=True)[: MOST + 1])
    if len(products) > MOST:
        raise Invalid(mark("More than %(most)s listings; choose fewer."), code="too_many", most=MOST)
    lock_many(Product.objects.filter(pk__in=products))
    return list(wanted.filter(product__in=products))


def _chosen(order: BulkOrder, actor: Actor) -> QuerySet[ListingRevision]:
    """Listings that were released last and fit every filter; named by codes in any state, so that it is said why not."""
    rows = revisions_for(actor).filter(product__live_revision=F("pk")).order_by("product__code")
    if order.codes:
        rows = rows.filter(product__code__in=order.codes)
    else:
        rows = rows.filter(state="listed" if order.action == DELIST else "delisted")
    if order.category:
        paths = ("", "__parent", "__parent__parent")
        rows = rows.filter(Q(*((f"product__category{path}", order.category) for path in paths), _connector=Q.OR))
    if order.tag:
        rows = rows.filter(tags__contains=[order.tag])
    if order.shop:
        rows = rows.filter(shop_codes__contains=[order.shop])
    return rows.filter(supplier=order.supplier) if order.supplier else rows


def _require_sense(order: BulkOrder, actor: Actor) -> None:
    if order.action not in _PERMISSIONS:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    actor.require(_PERMISSIONS[order.action])
    if order.reason not in DelistReason.values:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=order.reason)
    if not any((order.category, order.tag, order.shop, order.supplier, order.codes)):
        raise Invalid(mark("Choose by at least one of category, tag, shop, supplier and codes."), code="filter_required")
