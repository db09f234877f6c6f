"""Finding stock that hardly moves, proposing what to do, and keeping what was decided."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from catalog.enums.counting import SlowProposal, SlowState
from catalog.models import Sku, SlowStock
from catalog.parameters.counting import (
    SALES_WINDOW,
    SLOW_COVER,
    SLOW_DECIDE_WITHIN,
    SLOW_DELIST_AFTER,
    SLOW_RETURN_AFTER,
    SLOW_WITHOUT_SALE,
)
from catalog.rules.counting.lifecycle import SLOW_LIFECYCLE
from catalog.rules.counting.turnover import SlowFacts, SlowLimits, days_of_cover, slow_proposal
from catalog.services.delisting.answers import keep_on_sale, lock_slow_questions
from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

KIND, WORK = "slow_stock", "catalog.slow_stock"
OWNERS: Mapping[str, Role] = {
    SlowProposal.PROMOTE: Role.MARKETING,
    SlowProposal.RETURN: Role.PURCHASING,
    SlowProposal.DELIST: Role.PRODUCT_SPECIALIST,
}
_BATCH = 5000

# SKUs with stock, in the order of their key: pieces, pieces sold in the window, oldest lot, last sale
_FACTS = """
SELECT i.sku_id, sum(i.on_hand),
       coalesce((SELECT -sum(m.delta) FROM catalog_stockmovement m
                 WHERE m.sku_id = i.sku_id AND m.reason = 'sale' AND m.at >= %(since)s), 0),
       (SELECT min(l.received_at) FROM catalog_stocklot l WHERE l.sku_id = i.sku_id AND l.quantity_left > 0),
       (SELECT max(m.at) FROM catalog_stockmovement m WHERE m.sku_id = i.sku_id AND m.reason = 'sale')
FROM catalog_stockitem i
WHERE i.sku_id IN (SELECT sku_id FROM catalog_stockitem WHERE sku_id > %(after)s AND on_hand > 0
                   GROUP BY sku_id ORDER BY sku_id LIMIT %(limit)s)
GROUP BY i.sku_id ORDER BY i.sku_id
"""


def scan_slow(*, now: datetime) -> int:
    """Propose what to do about every SKU that hardly moves; a proposal whose stock moves again is withdrawn.

    Returns how many proposals are new.
    SOP: C23
    """
    limits = SlowLimits(value(SLOW_WITHOUT_SALE), value(SLOW_COVER), value(SLOW_RETURN_AFTER), value(SLOW_DELIST_AFTER))
    found: dict[int, tuple[SlowProposal, SlowFacts]] = {}
    for sku, facts in _stock_facts(value(SALES_WINDOW), now):
        if proposal := slow_proposal(facts, limits):
            found[sku] = (proposal, facts)
    _withdraw(found, now)
    return _propose(found, now)


@transaction.atomic
def accept(*, slow_id: int, note: str, actor: Actor, now: datetime) -> SlowStock:
    """Say what is done about slow stock. Raises: NotFound, Forbidden, IllegalTransition, Invalid (no note). SOP: C23"""
    return _decide(slow_id, "accept", note, actor, now)


@transaction.atomic
def decline(*, slow_id: int, note: str, actor: Actor, now: datetime) -> SlowStock:
    """Leave slow stock as it is, with the reason; whether its listing goes off sale is not asked any more either.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid.
    SOP: C20, C23
    """
    questions = lock_slow_questions(slow_id)
    slow = _decide(slow_id, "decline", note, actor, now)
    keep_on_sale(questions, note=slow.note, actor=actor, now=now)
    return slow


@transaction.atomic
def settle(*, product_id: int, step: str, note: str = "", actor: Actor, now: datetime) -> int:
    """Accept all open proposals to take a product's SKUs off sale, as its listing has gone, or decline them, as it stays.

    Returns how many.
    SOP: C20, C23
    """
    wanted = SlowStock.objects.filter(sku__product=product_id, proposal=SlowProposal.DELIST, state=SlowState.OPEN)
    ids = [row.public_id for row in lock_many(wanted)]
    state = str(SLOW_LIFECYCLE.transitions[step].target)
    columns = {"state": state, "note": note, "decided_at": now, "decided_by": actor.staff_id}
    SlowStock.objects.filter(public_id__in=ids).update(**columns)
    inbox.resolve(kind=WORK, subject_ids=ids, outcome=state, actor=actor, now=now)
    before, after = {"state": SlowState.OPEN}, {"state": state}
    changes = [Change(f"slow_stock.{step}", KIND, pk, before=before, after=after, reason=note) for pk in ids]
    record_many(changes, actor=actor, now=now)
    return len(ids)


def _stock_facts(window: timedelta, now: datetime) -> Iterator[tuple[int, SlowFacts]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FACTS, {"since": now - window, "after": after, "limit": _BATCH})
            rows = cursor.fetchall()
        for sku, pieces, sold, oldest, last_sale in rows:
            age = now - (oldest or now)
            yield sku, SlowFacts(pieces, sold, window, age, min(age, now - last_sale) if last_sale else age)
        if not rows:
            return
        after = rows[-1][0]


@transaction.atomic
def _withdraw(found: Mapping[int, object], now: datetime) -> None:
    gone = list(SlowStock.objects.filter(state=SlowState.OPEN).exclude(sku__in=found).values_list("public_id", flat=True))
    SlowStock.objects.filter(public_id__in=gone, state=SlowState.OPEN).update(state=SlowState.WITHDRAWN, decided_at=now)
    inbox.resolve(kind=WORK, subject_ids=gone, outcome="moves", actor=SYSTEM, now=now)


@transaction.atomic
def _propose(found: Mapping[int, tuple[SlowProposal, SlowFacts]], now: datetime) -> int:
    """New proposals only: what is open stays, and what was decided lately is not asked again."""
    lately = now - value(SLOW_WITHOUT_SALE)
    known = set(SlowStock.objects.filter(state=SlowState.OPEN).values_list("sku", flat=True))
    known |= set(
        SlowStock.objects.filter(decided_at__gt=lately).exclude(state=SlowState.WITHDRAWN).values_list("sku", flat=True)
    )
    due_at = now + value(SLOW_DECIDE_WITHIN)
    fresh = [
        SlowStock(sku_id=sku, proposal=proposal, facts=_figures(facts), found_at=now, due_at=due_at)
        for sku, (proposal, facts) in found.items()
        if sku not in known
    ]
    SlowStock.objects.bulk_create(fresh)
    codes = dict(Sku.objects.filter(pk__in=[row.sku_id for row in fresh]).values_list("pk", "code"))
    works = [
        Work(WORK, KIND, row.public_id, due_at, role=OWNERS[row.proposal], params={"sku": codes[row.sku_id]}) for row in fresh
    ]
    inbox.raise_many(works, now=now)
    return len(fresh)


def _figures(facts: SlowFacts) -> dict[str, int | None]:
    return {
        "pieces": facts.pieces,
        "sold": facts.sold,
        "window_days": facts.window.days,
        "age_days": facts.age.days,
        "unsold_days": facts.unsold_for.days,
        "cover_days": days_of_cover(pieces=facts.pieces, sold=facts.sold, window=facts.window),
    }


def _decide(slow_id: int, name: str, note: str, actor: Actor, now: datetime) -> SlowStock:
    slow = lock_one(SlowStock.objects.filter(pk=slow_id))
    step = SLOW_LIFECYCLE.enter(name, slow.state, actor)
    if actor.staff_id is not None and OWNERS[slow.proposal] not in actor.roles:
        raise Forbidden(mark("This proposal is another desk's."))
    if not note.strip():
        raise Invalid(mark("Note what is done, or why nothing is."), code="note_required")
    before = slow.state
    slow.state, slow.note = str(step.target), note.strip()
    slow.decided_at, slow.decided_by_id = now, actor.staff_id
    slow.save(update_fields=["state", "note", "decided_at", "decided_by"])
    inbox.resolve(kind=WORK, subject_ids=[slow.public_id], outcome=slow.state, actor=actor, now=now)
    change = Change(
        f"slow_stock.{name}", KIND, slow.public_id, before={"state": before}, after={"state": slow.state}, reason=slow.note
    )
    record(change, actor=actor, now=now)
    return slow
