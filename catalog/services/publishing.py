"""Publishing what was approved, and taking it off sale again."""

from copy import copy
from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.enums.listings import CheckState, DelistReason, ProductStatus, RevisionState
from catalog.errors import ListingBlocked, NotAsApproved
from catalog.models import Category, ListingRevision, PostPublishCheck, Product, ProductShop, Sku
from catalog.parameters.listings import CHECK_WITHIN, PUBLISH_WITHIN
from catalog.parameters.quality import FIRST_PROBE
from catalog.queries.listings import content_of
from catalog.rules.content import ListingContent, content_hash
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from catalog.services import listing_steps as steps
from catalog.services.delisting.closing import close_proposals
from catalog.services.prices.publication import note_prices, settle_prices
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, DomainError, Invalid
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop

_SKU_COLUMNS = ("barcode", "options", "cost", "price", "discount_price", "member_price", "alert_threshold")


@transaction.atomic
def schedule(*, revision_id: int, publish_at: datetime, actor: Actor, now: datetime) -> ListingRevision:
    """Have an approved listing published at a time to come.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (the time has passed).
    SOP: C14
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "schedule", actor)
    if publish_at <= now:
        raise Invalid(mark("The time must lie ahead."), code="date_out_of_range")
    inbox.move_due(kind=steps.PUBLISH, subject_id=revision.public_id, due_at=publish_at)
    steps.move(revision, step, actor=actor, now=now, reason=publish_at.isoformat(), publish_at=publish_at)
    return revision


@transaction.atomic
def publish(*, revision_id: int, actor: Actor, now: datetime) -> ListingRevision:
    """Put an approved listing on sale: exactly what was approved, in its shops, at its prices.

    The revision that was live before is archived. Somebody has to look at the result in the shop within the time allowed.
    Raises: NotFound, Forbidden, IllegalTransition, NotAsApproved, ListingBlocked, Conflict (a SKU code was taken).
    SOP: C14, C15
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "publish", actor)
    content = _require_as_approved(revision)
    _archive_live(revision, actor, now)
    _apply(revision, content, actor, now)
    steps.finish_work(revision, "published", actor=actor, now=now)
    steps.move(revision, step, actor=actor, now=now, published_at=now, publish_at=None)
    _open_check(revision, now)
    steps.tell(revision, "published", now=now)
    return revision


def publish_due(*, now: datetime) -> int:
    """Publish every approved listing whose time has come; returns how many.

    One that cannot be published loses its time and goes back to a person; the others go on.
    SOP: C14
    """
    due = ListingRevision.objects.filter(state=RevisionState.APPROVED, publish_at__lte=now)
    published = 0
    for revision_id in due.order_by("publish_at", "id").values_list("pk", flat=True):
        try:
            publish(revision_id=revision_id, actor=SYSTEM, now=now)
        except DomainError:
            _hand_back(revision_id, now)
        else:
            published += 1
    return published


@transaction.atomic
def delist(*, revision_id: int, reason: str, note: str = "", actor: Actor, now: datetime) -> ListingRevision:
    """Take a live listing off sale at once.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (unknown reason).
    SOP: C14, C20
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "delist", actor)
    if reason not in DelistReason.values:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=reason)
    _cancel_checks(revision, actor, now)
    close_proposals(revision, reason=reason, actor=actor, now=now)
    Product.objects.filter(pk=revision.product_id).update(status=ProductStatus.DELISTED)
    why = f"{reason}: {note}" if note else reason
    steps.move(revision, step, actor=actor, now=now, reason=why, delisted_at=now)
    steps.tell(revision, "delisted", now=now, reason=reason)
    return revision


@transaction.atomic
def relist(*, revision_id: int, reason: str = "", note: str = "", actor: Actor, now: datetime) -> ListingRevision:
    """Put a delisted listing on sale again, unchanged as it was approved.

    Raises: NotFound, Forbidden, IllegalTransition, NotAsApproved, ListingBlocked.
    SOP: C14
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "relist", actor)
    _apply(revision, _require_as_approved(revision), actor, now)
    why = ": ".join(text for text in (reason, note) if text)
    steps.move(revision, step, actor=actor, now=now, reason=why, published_at=now, delisted_at=None)
    _open_check(revision, now)
    steps.tell(revision, "published", now=now)
    return revision


def _require_as_approved(revision: ListingRevision) -> ListingContent:
    """The content, read anew from the row and compared with what was approved."""
    content = content_of(revision)
    if content_hash(content) != revision.approved_hash:
        raise NotAsApproved()
    if issues := steps.blocking(steps.examine(revision)):
        raise ListingBlocked(issues=issues)
    return content


def _archive_live(revision: ListingRevision, actor: Actor, now: datetime) -> None:
    before = ListingRevision.objects.filter(
        product=revision.product_id, state__in=LISTING_LIFECYCLE.transitions["replace_live"].sources
    )
    for old in lock_many(before.exclude(pk=revision.pk)):
        old.product = revision.product
        close_proposals(old, reason="", actor=actor, now=now)
        _cancel_checks(old, actor, now)
        steps.move(old, LISTING_LIFECYCLE.enter("replace_live", old.state, actor), actor=actor, now=now)


def _apply(revision: ListingRevision, content: ListingContent, actor: Actor, now: datetime) -> None:
    """Bring product, shops and SKUs to what the revision says. Stock and newer prices are not touched."""
    product = revision.product
    Product.objects.filter(pk=product.pk).update(
        title=content.title,
        category=Category.objects.get(code=content.category),
        status=ProductStatus.LIVE,
        live_revision=revision,
    )
    shops = Shop.objects.filter(code__in=content.shops)
    ProductShop.objects.filter(product=product).exclude(shop__in=shops).delete()
    ProductShop.objects.bulk_create((ProductShop(product=product, shop=shop) for shop in shops), ignore_conflicts=True)
    known = {sku.code: sku for sku in lock_many(Sku.objects.filter(product=product))}
    named = {sku.sku: sku for sku in content.skus}
    old = {row.pk: copy(row) for row in known.values()}
    for code, row in known.items():
        row.is_listed = code in named
        if code in named:
            _fill(row, named[code])
    listed = [row for row in known.values() if row.is_listed]
    kept = settle_prices(revision, listed, old, actor=actor, now=now)
    Sku.objects.bulk_update(known.values(), [*_SKU_COLUMNS, "is_listed"])
    fresh = [_fill(Sku(product=product, code=code), sku) for code, sku in named.items() if code not in known]
    try:
        with transaction.atomic():
            Sku.objects.bulk_create(fresh)
    except IntegrityError:
        raise Conflict(mark("One of the SKU codes was taken by another product."), code="duplicate_sku") from None
    note_prices(revision, [*listed, *fresh], kept, actor=actor, now=now)


def _fill(row: Sku, sku: object) -> Sku:
    for name in _SKU_COLUMNS:
        found = getattr(sku, name)
        setattr(row, name, dict(found) if name == "options" else found)
    return row


def _open_check(revision: ListingRevision, now: datetime) -> None:
    check_by = now + value(CHECK_WITHIN)
    probe_at = now + value(FIRST_PROBE)
    check = PostPublishCheck.objects.create(revision=revision, opened_at=now, check_by=check_by, probe_at=probe_at)
    params = {"product": revision.product.code}
    shop_id = steps.only_shop(revision)
    inbox.raise_item(Work(steps.CHECK, "post_publish_check", check.public_id, check_by, shop_id, params=params), now=now)


def _cancel_checks(revision: ListingRevision, actor: Actor, now: datetime) -> None:
    """What is no longer on sale, or on sale otherwise, needs no look any more."""
    checks = lock_many(PostPublishCheck.objects.filter(revision=revision, state__in=[CheckState.PENDING, CheckState.FAILED]))
    ids = [check.public_id for check in checks]
    PostPublishCheck.objects.filter(public_id__in=ids).update(state=CheckState.CANCELLED)
    for kind in (steps.CHECK, steps.CHECK_FAILED, steps.CHECK_OVERDUE):
        inbox.resolve(kind=kind, subject_ids=ids, outcome="cancelled", actor=actor, now=now)


@transaction.atomic
def _hand_back(revision_id: int, now: datetime) -> None:
    revision = steps.lock_revision(revision_id, SYSTEM)
    step = LISTING_LIFECYCLE.transitions["schedule"]
    steps.move(revision, step, actor=SYSTEM, now=now, reason="not publishable", publish_at=None)
    inbox.resolve(kind=steps.PUBLISH, subject_ids=[revision.public_id], outcome="failed", actor=SYSTEM, now=now)
    steps.raise_work(steps.PUBLISH, revision, due_at=now + value(PUBLISH_WITHIN), now=now)
