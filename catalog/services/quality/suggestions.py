"""Suggestions to change a listing: raised by rules over facts, decided by a specialist, measured after publication."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from catalog.enums.listings import ChangeKind
from catalog.enums.quality import CheckedField, SuggestionRule, SuggestionState
from catalog.models import ListingRevision, Product, Suggestion
from catalog.parameters.quality import (
    DECIDE_SUGGESTION,
    EFFECT_MARGIN,
    FEEDBACK_WINDOW,
    LOW_STARS,
    MEASURE_WINDOW,
    REASON_COUNT,
    REASON_SHARE,
    SALES_DROP,
    SALES_FLOOR,
)
from catalog.queries.listings import content_of, products_for
from catalog.queries.prices.moments import with_lasting_prices
from catalog.queries.quality.figures import figures, sales, voices
from catalog.rules.listing_lifecycle import OPEN
from catalog.rules.quality.lifecycles import SUGGESTION_LIFECYCLE
from catalog.rules.quality.suggestions import Figures, Reason, Thresholds, effect, reasons
from catalog.services.drafts import Update, create_draft
from catalog.services.quality.ledger import live_revision
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

SUBJECT, WORK = "suggestion", "catalog.suggestion"


@transaction.atomic
def suggest(*, now: datetime) -> int:
    """Raise what returns, ratings, complaints and sales of late speak for; returns how many suggestions are new.

    One that is open, or was decided within the period, is not raised again. A fixed number of statements. SOP: C19
    """
    span = value(FEEDBACK_WINDOW)
    numbers = Thresholds(value(REASON_COUNT), value(REASON_SHARE), value(LOW_STARS), value(SALES_DROP), value(SALES_FLOOR))
    found = reasons(voices(since=now - span, until=now), sales(until=now, span=span), numbers)
    return len(_open(found, SYSTEM, now))


@transaction.atomic
def propose_improvement(
    *, product_code: str, field: str, because: str, feedback_ids: Sequence[int] = (), actor: Actor, now: datetime
) -> Suggestion:
    """Suggest a change in one's own words; the apps above do so with the rows that speak for it.

    Raises: Forbidden, NotFound (no live listing), Invalid (unknown product, no reason), Conflict (suggested already).
    SOP: C19
    """
    actor.require("catalog.add_suggestion")
    product = products_for(actor).filter(code=product_code).first()
    if product is None:
        text = mark("There is no product %(product)s.")
        raise Invalid(text, issues=[Issue("/product_code", "unknown_product", text, {"product": product_code})])
    live_revision(product.pk)
    if not because.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    params = {"text": because.strip()[:250]}
    reason = Reason(product.pk, SuggestionRule.PROPOSED, CheckedField(field), "%(text)s", params, tuple(feedback_ids))
    opened = _open([reason], actor, now)
    if not opened:
        raise Conflict(mark("This has been suggested already."), code="already_suggested")
    return opened[0]


def _open(found: Sequence[Reason], actor: Actor, now: datetime) -> list[Suggestion]:
    since = now - value(FEEDBACK_WINDOW)
    products = Product.objects.in_bulk({reason.product_id for reason in found})
    rows = Suggestion.objects.filter(product__in=products)
    recent = rows.filter(closed_at=None) | rows.filter(closed_at__gt=since).exclude(rule=SuggestionRule.PROPOSED)
    known = set(recent.values_list("product_id", "rule", "field"))
    decide_by = now + value(DECIDE_SUGGESTION)
    fresh = {
        (one.product_id, str(one.rule), str(one.field)): Suggestion(
            product=products[one.product_id],
            rule=one.rule,
            field=one.field,
            message=one.message,
            params=one.params,
            feedback_ids=list(one.rows),
            opened_at=now,
            decide_by=decide_by,
        )
        for one in found
        if (one.product_id, one.rule, one.field) not in known
    }
    opened = Suggestion.objects.bulk_create(fresh.values())
    inbox.raise_many([_work(one, decide_by) for one in opened], now=now)
    _record("suggested", opened, actor, now)
    return opened


@transaction.atomic
def accept(*, suggestion_id: int, actor: Actor, now: datetime) -> Suggestion:
    """Take a suggestion up: the product's next revision is opened with what is live now, or the one under way is used.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C19, C21
    """
    suggestion = _lock(suggestion_id, actor)
    SUGGESTION_LIFECYCLE.enter("accept", suggestion.state, actor)
    live = live_revision(suggestion.product_id)
    under_way = ListingRevision.objects.filter(product=suggestion.product_id, state__in=OPEN).first()
    if under_way is None:
        why = Update((ChangeKind.OTHER,), suggestion.params.get("text") or suggestion.public_id)
        code, content = suggestion.product.code, with_lasting_prices(content_of(live))
        draft = create_draft(code=code, content=content, update=why, actor=actor, now=now)
        under_way = draft.revision
    suggestion.state, suggestion.revision = SuggestionState.ACCEPTED, under_way
    suggestion.decided_at, suggestion.decided_by_id = now, actor.staff_id
    suggestion.save(update_fields=["state", "revision", "decided_at", "decided_by"])
    _finish(suggestion, "accepted", actor, now)
    return suggestion


@transaction.atomic
def decline(*, suggestion_id: int, reason: str, actor: Actor, now: datetime) -> Suggestion:
    """Leave the listing as it is, and say why.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: C19
    """
    suggestion = _lock(suggestion_id, actor)
    SUGGESTION_LIFECYCLE.enter("decline", suggestion.state, actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    suggestion.state, suggestion.reason, suggestion.closed_at = SuggestionState.DECLINED, reason.strip()[:500], now
    suggestion.decided_at, suggestion.decided_by_id = now, actor.staff_id
    suggestion.save(update_fields=["state", "reason", "closed_at", "decided_at", "decided_by"])
    _finish(suggestion, "declined", actor, now)
    return suggestion


@transaction.atomic
def follow(*, now: datetime) -> int:
    """Carry accepted suggestions on: published with their draft, open again without it, measured when it is time.

    Returns how many moved. SOP: C19
    """
    published = lock_many(_accepted().filter(revision__published_at__isnull=False))
    for one in published:
        assert one.revision is not None
        one.state, one.published_at = SuggestionState.PUBLISHED, one.revision.published_at
        assert one.published_at is not None
        one.measure_by = one.published_at + value(MEASURE_WINDOW)
    dropped = lock_many(_accepted().filter(revision__published_at=None, revision__state__in=["rejected", "archived"]))
    for one in dropped:
        one.state, one.revision, one.decide_by = SuggestionState.OPEN, None, now + value(DECIDE_SUGGESTION)
    moved = [*published, *dropped]
    Suggestion.objects.bulk_update(moved, ["state", "revision", "published_at", "measure_by", "decide_by"])
    inbox.raise_many([_work(one, one.decide_by) for one in dropped], now=now)
    _record("suggestion_moved", moved, SYSTEM, now)
    return len(moved) + _measure(now)


def _measure(now: datetime) -> int:
    """Compare the days before with the days after the change."""
    due = Suggestion.objects.filter(state=SuggestionState.PUBLISHED, measure_by__lte=now)
    rows = lock_many(due)
    span, margin = value(MEASURE_WINDOW), value(EFFECT_MARGIN)
    for one in rows:
        assert one.published_at is not None
        before = _figures(one.product_id, one.published_at - span, one.published_at)
        after = _figures(one.product_id, one.published_at, one.published_at + span)
        one.before, one.after = before.as_json(), after.as_json()
        one.effect = effect(before, after, margin=margin)
        one.state, one.closed_at = SuggestionState.MEASURED, now
    Suggestion.objects.bulk_update(rows, ["before", "after", "effect", "state", "closed_at"])
    _record("suggestion_moved", rows, SYSTEM, now)
    return len(rows)


def _figures(product: int, since: datetime, until: datetime) -> Figures:
    return figures(products=[product], since=since, until=until)[product]


def _accepted() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(state=SuggestionState.ACCEPTED).select_related("product", "revision")


def _lock(suggestion_id: int, actor: Actor) -> Suggestion:
    """The suggestion, its product locked first. Raises: NotFound."""
    rows = Suggestion.objects.filter(pk=suggestion_id, product__in=products_for(actor).values("pk"))
    lock_one(Product.objects.filter(pk=rows.values_list("product_id", flat=True).first() or 0))
    return lock_one(rows.select_related("product"))


def _work(one: Suggestion, due_at: datetime) -> Work:
    return Work(WORK, SUBJECT, one.public_id, due_at, params={"product": one.product.code})


def _finish(one: Suggestion, outcome: str, actor: Actor, now: datetime) -> None:
    inbox.resolve(kind=WORK, subject_ids=[one.public_id], outcome=outcome, actor=actor, now=now)
    _record("suggestion_moved", [one], actor, now)


def _record(action: str, rows: Sequence[Suggestion], actor: Actor, now: datetime) -> None:
    changes = [
        Change(f"catalog.{action}", SUBJECT, one.public_id, after={"state": str(one.state)}, reason=one.reason) for one in rows
    ]
    record_many(changes, actor=actor, now=now)
