"""Orders of the problem list that can go on. SOP: O1, O2"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.imports.enums import Outcome
from opsdesk.shops.models import Shop
from orders.models import PlatformProblem
from orders.rules.platforms.assembling import Goods
from orders.services.platforms.importing import stated_of
from orders.services.platforms.problems import enter
from orders.services.platforms.taking import take

WRONG_TOTAL = mark("The file says %(expected)s pieces in all, these are %(found)s.")
EVERY_CODE = mark("Say of every merchant code how many pieces it is.")


def take_again(shop: Shop, rows: Sequence[PlatformProblem], *, actor: Actor, now: datetime) -> int:
    """Try again to take in orders of a shop that wait, all together; returns how many left the list."""
    if not rows:
        return 0
    waiting = {row.external_id: row for row in rows}
    stated = [stated_of(row) for row in rows]
    verdicts = take(shop, stated, write=True, actor=actor, now=now, waiting=waiting)
    return sum(verdict.outcome == Outcome.CREATED and not verdict.issues for verdict in verdicts.values())


@transaction.atomic(savepoint=False)
def retry(*, problem_id: int, actor: Actor, now: datetime) -> PlatformProblem:
    """Try again to take one order in, such as when there is stock again; if it is refused again, the list says why.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O1
    """
    row = enter(problem_id, "retry", actor)
    take_again(row.shop, [row], actor=actor, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic(savepoint=False)
def state_goods(*, problem_id: int, goods: Sequence[Goods], actor: Actor, now: datetime) -> PlatformProblem:
    """Say of an order whose file has only the total how many pieces of each merchant code it is, and at which price; then
    it comes in.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (another total, a code is missing, what intake refuses).
    SOP: O2
    """
    row = enter(problem_id, "state_goods", actor)
    stated = stated_of(row)
    expected, found = sum(one.quantity or 0 for one in stated.items), sum(line.quantity for line in goods)
    if sorted(line.code for line in goods) != sorted(stated.codes):
        raise Invalid(EVERY_CODE, code="required", issues=[Issue("/goods", "required", EVERY_CODE)])
    if expected != found:
        params = {"expected": expected, "found": found}
        raise Invalid(WRONG_TOTAL, code="wrong_total", issues=[Issue("/goods", "wrong_total", WRONG_TOTAL, params)])
    told = replace(stated, goods=tuple(goods))
    verdicts = take(row.shop, [told], write=True, actor=actor, now=now, waiting={row.external_id: row})
    verdict = verdicts[row.external_id]
    if verdict.outcome == Outcome.REFUSED:
        first = verdict.issues[0]
        raise Invalid(first.message, code=first.code, issues=[replace(first, pointer="/goods")], **first.params)
    row.refresh_from_db()
    return row
