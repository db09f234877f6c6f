"""Writing a price change, handing it in, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.models import PriceChange, PriceChangeLine, Sku
from catalog.parameters.prices import PRICE_REVIEW_WITHIN
from catalog.queries.listings import products_for
from catalog.queries.prices.facts import hash_of_change, lines_of, prices_of, problems_of
from catalog.rules.prices.checks import MARGIN, Prices, Stretch, collide
from catalog.rules.prices.lifecycle import IN_THE_WAY
from catalog.services.prices import steps
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, Stale
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value
from opsdesk.reviews import services as reviews
from opsdesk.reviews.services import Content

MOST_LINES = 500


@dataclass(frozen=True)
class NewPrices:
    """The prices of one SKU as they shall be; a cost of None stays as it is."""

    sku: str
    price: Decimal
    discount_price: Decimal | None = None
    member_price: Decimal | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    """A price change as somebody writes it: for a limited time when it has an end."""

    lines: Sequence[NewPrices]
    reason: str
    start: datetime
    end: datetime | None = None


@transaction.atomic
def write_change(*, plan: Plan, actor: Actor, now: datetime) -> PriceChange:
    """Write a new price change.

    Raises: Forbidden, Invalid (no line, unknown or repeated SKU, no reason, wrong times).
    SOP: C10
    """
    actor.require("catalog.add_pricechange")
    skus = _skus(plan, actor)
    change = PriceChange.objects.create(
        **_columns(plan), author_id=actor.staff_id, author_label=actor.label, editor_ids=_with(actor, [])
    )
    _write_lines(change, plan, skus)
    after = {"content_hash": change.content_hash}
    record(Change("prices.written", steps.KIND, change.public_id, after=after), actor=actor, now=now)
    return change


@transaction.atomic
def edit_change(*, change_id: int, version: int, plan: Plan, actor: Actor, now: datetime) -> PriceChange:
    """Write a draft anew; a waiver that it had is gone.

    Raises: NotFound, Forbidden, IllegalTransition, Stale (somebody saved it first), Invalid.
    SOP: C10
    """
    change = steps.lock_change(change_id, actor)
    step = steps.enter(change, "edit", actor)
    if change.version != version:
        raise Stale()
    skus = _skus(plan, actor, kept=lines_of(change))
    change.lines.all().delete()
    editors = _with(actor, change.editor_ids)
    steps.move(change, step, actor=actor, now=now, **_columns(plan), editor_ids=editors)
    _write_lines(change, plan, skus)
    return change


@transaction.atomic
def submit(*, change_id: int, actor: Actor, now: datetime) -> PriceChange:
    """Hand a price change to somebody else. Its SKUs are locked while other changes of the same time are looked for.

    Too small a margin does not stop it here: it is waived, or the change is not approved.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (all that is wrong), Conflict (another change of that time).
    SOP: C10
    """
    change = steps.lock_change(change_id, actor)
    step = steps.enter(change, "submit", actor)
    require_possible(change, now)
    require_free(change)
    editors = _with(actor, change.editor_ids)
    due_at = now + value(PRICE_REVIEW_WITHIN)
    inbox.resolve(kind=steps.RETURNED, subject_ids=[change.public_id], outcome="submitted", actor=actor, now=now)
    steps.move(change, step, actor=actor, now=now, submitted_at=now, editor_ids=editors)
    content = Content(
        steps.KIND, steps.KIND, change.public_id, change.content_hash, change.author_id or actor.staff_id, actor.staff_id
    )
    reviews.request(content=content, stage="price", due_at=due_at, actor=actor, now=now)
    work = Work(steps.REVIEW, steps.KIND, change.public_id, due_at, params={"change": str(change)})
    inbox.raise_item(work, now=now)
    return change


@transaction.atomic
def withdraw(*, change_id: int, actor: Actor, now: datetime) -> PriceChange:
    """Give up a price change that is not in force. Raises: NotFound, Forbidden, IllegalTransition. SOP: C10"""
    change = steps.lock_change(change_id, actor)
    step = steps.enter(change, "withdraw", actor)
    reviews.withdraw(kind=steps.KIND, subject_id=change.public_id)
    for kind in (steps.REVIEW, steps.RETURNED):
        inbox.resolve(kind=kind, subject_ids=[change.public_id], outcome="withdrawn", actor=actor, now=now)
    steps.move(change, step, actor=actor, now=now)
    return change


def require_possible(change: PriceChange, now: datetime) -> None:
    """Raises: Invalid, when the time is over or prices are wrong in a way that no waiver excuses."""
    if change.effective_until is not None and change.effective_until <= now:
        raise Invalid(mark("The time of this price change is over."), code="date_out_of_range")
    if issues := steps.as_issues([one for one in problems_of(change) if one.code != MARGIN]):
        raise Invalid(mark("The prices have errors; correct them first."), code="prices_have_errors", issues=issues)


def require_free(change: PriceChange) -> None:
    """Raises: Conflict, when another change of one of the SKUs falls into the same time; the SKUs are locked."""
    codes = {line.sku_id: line.sku.code for line in lines_of(change)}
    lock_many(Sku.objects.filter(pk__in=codes))
    others = PriceChangeLine.objects.filter(sku__in=codes, change__state__in=IN_THE_WAY).exclude(change=change)
    mine = Stretch(change.effective_from, change.effective_until)
    issues = [
        Issue(
            "/lines",
            "price_change_overlaps",
            mark("%(sku)s: price change %(change)s holds in this time already."),
            {"sku": codes[line.sku_id], "change": line.change.public_id},
        )
        for line in others.select_related("change").order_by("sku_id", "id")
        if collide(mine, Stretch(line.change.effective_from, line.change.effective_until))
    ]
    if issues:
        text = mark("Another price change of the same SKU falls into this time.")
        raise Conflict(text, code="price_change_overlaps", issues=issues)


def _skus(plan: Plan, actor: Actor, kept: Sequence[PriceChangeLine] = ()) -> dict[str, Sku]:
    """The SKUs of the plan by code. A cost is written by those who may see costs only. Raises: Invalid."""
    rows = Sku.objects.filter(code__in=[line.sku for line in plan.lines])
    if actor.shop_ids is not None:
        rows = rows.filter(product__in=products_for(actor).values("pk"))
    skus, seen, issues = {sku.code: sku for sku in rows}, set[str](), list[Issue]()
    costs = {line.sku.code: line.cost for line in kept}
    for index, line in enumerate(plan.lines):
        if line.sku not in skus:
            text = mark("There is no SKU %(sku)s.")
            issues.append(Issue(f"/lines/{index}/sku", "unknown_sku", text, {"sku": line.sku}))
        if line.sku in seen:
            text = mark("SKU %(sku)s stands here twice.")
            issues.append(Issue(f"/lines/{index}/sku", "duplicate_sku", text, {"sku": line.sku}))
        seen.add(line.sku)
        if line.cost is not None and line.cost != costs.get(line.sku):
            actor.require("catalog.view_cost")
    if not plan.lines or len(plan.lines) > MOST_LINES:
        text = mark("A price change names between 1 and %(most)s SKUs.")
        issues.append(Issue("/lines", "number_of_lines", text, {"most": MOST_LINES}))
    if not plan.reason.strip():
        issues.append(Issue("/reason", "reason_required", mark("A reason is required.")))
    if plan.end is not None and plan.end <= plan.start:
        issues.append(Issue("/effective_until", "date_out_of_range", mark("The end must lie after the beginning.")))
    if issues:
        raise Invalid(issues=issues, code=issues[0].code)
    return skus


def _columns(plan: Plan) -> dict[str, Any]:
    lines = [(line.sku, prices_of(line)) for line in plan.lines]
    return {
        "reason": plan.reason.strip(),
        "effective_from": plan.start,
        "effective_until": plan.end,
        "content_hash": hash_of_change(lines, start=plan.start, end=plan.end, reason=plan.reason.strip()),
        "waived_hash": "",
    }


def _write_lines(change: PriceChange, plan: Plan, skus: dict[str, Sku]) -> None:
    amounts: list[tuple[Sku, Prices]] = [(skus[line.sku], prices_of(line)) for line in plan.lines]
    PriceChangeLine.objects.bulk_create(PriceChangeLine(change=change, sku=sku, **vars(prices)) for sku, prices in amounts)


def _with(actor: Actor, editors: list[int]) -> list[int]:
    return sorted({*editors, *([actor.staff_id] if actor.staff_id else [])})
