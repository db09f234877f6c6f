"""Asking whether goods should go off sale, answering, and the rules that decide without asking."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from catalog.enums.delisting import SCANNED, DelistMode, DelistState
from catalog.enums.listings import DelistReason
from catalog.models import Category, DelistPolicy, DelistProposal, ListingRevision, Product, SoldOut
from catalog.parameters.delisting import ASK_AGAIN_AFTER
from catalog.parameters.listings import DELIST_WITHIN
from catalog.queries.delisting.causes import causes, policies, without_stock
from catalog.rules.delisting.lifecycle import DELIST_LIFECYCLE, PRODUCT_STEPS
from catalog.rules.delisting.modes import mode_for
from catalog.services.counting import slow
from catalog.services.delisting.answers import KIND, WORK, keep_on_sale
from catalog.services.publishing import delist
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import DomainError, Invalid
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value


def propose_delisting(*, now: datetime) -> int:
    """Look for live listings that have a reason to go off sale: ask a person, or take them off, as the rules say.

    A question whose reason is gone is withdrawn; one that was declined is not asked again for a while. Twice is harmless.
    Returns how many listings and reasons were found.
    SOP: C20
    """
    _keep_sold_out(now)
    found = _by_mode(causes(now))
    asked = _ask(found[DelistMode.ASK], now)
    for product_id, reason in found[DelistMode.AUTOMATIC]:
        _take_off(product_id, reason, now)
    return asked + len(found[DelistMode.AUTOMATIC])


@transaction.atomic
def accept(*, proposal_id: int, actor: Actor, now: datetime) -> DelistProposal:
    """Take the listing off sale at once. Raises: NotFound, Forbidden, IllegalTransition. SOP: C20"""
    proposal = DelistProposal.objects.get(pk=proposal_id)
    DELIST_LIFECYCLE.enter("accept", proposal.state, actor)
    delist(revision_id=proposal.revision_id, reason=proposal.reason, note=proposal.detail, actor=actor, now=now)
    proposal.refresh_from_db()
    _record(proposal, "accept", DelistState.OPEN, actor, now)
    return proposal


@transaction.atomic
def decline(*, proposal_id: int, reason: str, actor: Actor, now: datetime) -> DelistProposal:
    """Leave the listing on sale, with the reason; what is slow is not asked about by SKU any more either.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid.
    SOP: C20, C23
    """
    proposal = lock_one(_rows().filter(pk=proposal_id))
    DELIST_LIFECYCLE.enter("decline", proposal.state, actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    keep_on_sale([proposal], note=reason.strip(), actor=actor, now=now)
    if proposal.reason == DelistReason.SLOW_MOVING:
        slow.settle(product_id=proposal.revision.product_id, step="decline", note=reason.strip(), actor=actor, now=now)
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def discontinue(*, product_id: int, reason: str, actor: Actor, now: datetime) -> Product:
    """Note that a product is made or bought no longer; the next scan asks about its listing.

    Raises: NotFound, Forbidden, Invalid (no reason).
    SOP: C20
    """
    actor.require(PRODUCT_STEPS.transitions["discontinue"].permission)
    product = lock_one(Product.objects.filter(pk=product_id))
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    product.discontinued_at = now
    product.save(update_fields=["discontinued_at"])
    change = Change("catalog.discontinued", "product", product.public_id, after={"discontinued": True}, reason=reason.strip())
    record(change, actor=actor, now=now)
    return product


@transaction.atomic
def set_policy(*, category_id: int, reason: str, mode: str, actor: Actor, now: datetime) -> DelistPolicy:
    """Say what happens to goods of a category for a reason. Raises: Forbidden, Invalid (unknown values). SOP: C20"""
    actor.require("catalog.change_delistpolicy")
    if reason not in SCANNED or mode not in DelistMode.values or not Category.objects.filter(pk=category_id).exists():
        raise Invalid(mark("There is no such reason or rule."), code="unknown_rule")
    before = DelistPolicy.objects.filter(category=category_id, reason=reason).values_list("mode", flat=True).first()
    policy, _ = DelistPolicy.objects.update_or_create(category_id=category_id, reason=reason, defaults={"mode": mode})
    after = {"reason": reason, "mode": mode}
    subject = policy.category.code
    record(Change("catalog.delist_rule", "category", subject, before={"mode": before or ""}, after=after), actor=actor, now=now)
    return policy


@transaction.atomic
def _keep_sold_out(now: datetime) -> None:
    """Note since when goods are sold out, and forget those that can be sold again or are off sale; three statements."""
    SoldOut.objects.exclude(product__in=without_stock()).delete()
    fresh = without_stock().exclude(pk__in=SoldOut.objects.values("product")).order_by("pk").values_list("pk", flat=True)
    SoldOut.objects.bulk_create([SoldOut(product_id=pk, since=now) for pk in fresh], ignore_conflicts=True)


def _by_mode(found: Mapping[str, Mapping[int, str]]) -> dict[str, dict[tuple[int, str], str]]:
    """What was found by what is to happen; what is off is left out."""
    rules = policies()
    ids = {pk for products in found.values() for pk in products}
    columns = ("pk", "category", "category__parent", "category__parent__parent")
    rows = Product.objects.filter(pk__in=ids).order_by("pk").values_list(*columns)
    paths = {pk: [category for category in path if category is not None] for pk, *path in rows}
    sorted_: dict[str, dict[tuple[int, str], str]] = {mode: {} for mode in DelistMode.values}
    for reason, products in found.items():
        for pk, detail in products.items():
            sorted_[mode_for(paths[pk], reason, rules)][pk, reason] = detail
    return sorted_


@transaction.atomic
def _ask(found: Mapping[tuple[int, str], str], now: datetime) -> int:
    """Raise the new questions and withdraw those whose reason is gone; a fixed number of statements."""
    open_ = {(row.revision.product_id, row.reason): row for row in _rows().filter(state=DelistState.OPEN)}
    gone = [row.public_id for key, row in open_.items() if key not in found]
    withdrawn = DelistProposal.objects.filter(public_id__in=gone, state=DelistState.OPEN)
    withdrawn.update(state=DelistState.WITHDRAWN, decided_at=now)
    inbox.resolve(kind=WORK, subject_ids=gone, outcome="no longer so", actor=SYSTEM, now=now)
    lately = _rows().filter(state=DelistState.DECLINED, decided_at__gt=now - value(ASK_AGAIN_AFTER))
    known = open_.keys() | {(row.revision.product_id, row.reason) for row in lately}
    due_at = now + value(DELIST_WITHIN)
    ids = {pk for pk, _ in found}
    live = {row.pk: row.live_revision_id for row in Product.objects.filter(pk__in=ids) if row.live_revision_id}
    fresh = [
        DelistProposal(revision_id=live[pk], reason=reason, detail=detail, opened_at=now, due_at=due_at)
        for (pk, reason), detail in sorted(found.items())
        if pk in live and (pk, reason) not in known
    ]
    DelistProposal.objects.bulk_create(fresh, ignore_conflicts=True)
    _raise_work(fresh, now)
    return len(found)


def _raise_work(fresh: list[DelistProposal], now: datetime) -> None:
    kept = DelistProposal.objects.filter(public_id__in=[row.public_id for row in fresh])
    works = [
        Work(WORK, KIND, row.public_id, row.due_at, params={"product": row.revision.product.code})
        for row in kept.select_related("revision__product").order_by("id")
    ]
    inbox.raise_many(works, now=now)


def _take_off(product_id: int, reason: str, now: datetime) -> None:
    """Delist by rule; what somebody else has just taken off stays as it is."""
    revisions = ListingRevision.objects.filter(product=product_id, state="listed")
    for revision_id in revisions.values_list("pk", flat=True):
        try:
            delist(revision_id=revision_id, reason=reason, note="rule", actor=SYSTEM, now=now)
        except DomainError:
            continue


def _rows() -> QuerySet[DelistProposal]:
    return DelistProposal.objects.select_related("revision").order_by("id")


def _record(proposal: DelistProposal, name: str, before: str, actor: Actor, now: datetime) -> None:
    change = Change(
        f"delisting.{name}",
        KIND,
        proposal.public_id,
        before={"state": before},
        after={"state": proposal.state},
        reason=proposal.note,
    )
    record(change, actor=actor, now=now)
