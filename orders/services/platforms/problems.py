"""The problem list: what of a platform's file waits for a person. SOP: O1, O2"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from orders.enums.platforms import ProblemKind, ProblemState
from orders.models import PlatformProblem
from orders.parameters.platforms import PROBLEM_TIME
from orders.rules.platforms.assembling import Stated
from orders.rules.platforms.problems import PROBLEM_LIFECYCLE

KIND = "platformproblem"
WORK = "orders.platform_problem"
_LENGTH = 16  # hexadecimal digits
_CHANGING = ["kind", "reason", "params", "codes", "data", "fingerprint", "due_at"]


@dataclass(frozen=True)
class Trouble:
    """Why an order cannot go on; `order_id` where it is known here."""

    order: Stated
    kind: ProblemKind
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)
    codes: Sequence[str] = ()
    order_id: int | None = None
    print: str = ""


def fingerprint(*parts: Any) -> str:
    """A keyed hash: it tells the same content from another, and nothing of what it says."""
    return salted_hmac("orders.platforms", "\n".join(map(repr, parts))).hexdigest()[:_LENGTH]


def print_of(order: Stated) -> str:
    """The fingerprint of everything that the rows of an order say."""
    return fingerprint(*(sorted(row.cells.items()) for row in order.rows))


def one_file_at_a_time(shop_id: int) -> None:
    """Let only one transaction at a time take in a shop's files and work on its list; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"orders.platforms {shop_id}"])


def put_on_list(shop: Shop, troubles: Sequence[Trouble], *, actor: Actor, now: datetime) -> None:
    """Put orders on the list, with the work of each; one that stands there already is brought up to date."""
    numbers = [trouble.order.number for trouble in troubles if trouble.kind != ProblemKind.LATE]
    waiting = PlatformProblem.objects.filter(shop=shop, external_id__in=numbers, state=ProblemState.OPEN)
    known = {row.external_id: row for row in waiting.exclude(kind=ProblemKind.LATE)}
    fresh: list[PlatformProblem] = []
    again: list[PlatformProblem] = []
    for trouble in troubles:
        row = known.get(trouble.order.number) if trouble.kind != ProblemKind.LATE else None
        (again if row else fresh).append(_fill(row or _new(shop, trouble, now), trouble))
    PlatformProblem.objects.bulk_create(fresh)
    PlatformProblem.objects.bulk_update(again, _CHANGING)
    raise_many([_work(row) for row in fresh], now=now)
    changes = [_change("problem", row, shop, {"kind": row.kind}) for row in [*fresh, *again]]
    record_many(changes, actor=actor, now=now)


def close(rows: Sequence[PlatformProblem], state: ProblemState, note: str, *, actor: Actor, now: datetime) -> None:
    """Take rows off the list with their work; what they held of buyers is taken away."""
    if not rows:
        return
    PlatformProblem.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state, data={}, closed_at=now, closed_by=actor.label, note=note
    )
    resolve(kind=WORK, subject_ids=[row.public_id for row in rows], outcome=state, actor=actor, now=now)
    shops = Shop.objects.in_bulk({row.shop_id for row in rows})
    changes = [_change(f"problem_{state}", row, shops[row.shop_id], {"state": state}, note) for row in rows]
    record_many(changes, actor=actor, now=now)


@transaction.atomic(savepoint=False)
def close_problem(*, problem_id: int, step: str, note: str, actor: Actor, now: datetime) -> PlatformProblem:
    """A person has settled it elsewhere (``solve``), or says that nothing is to be done (``drop``), with the reason.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O1
    """
    row = enter(problem_id, step, actor)
    if not note.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/note", "required", message)])
    state = ProblemState.SOLVED if step == "solve" else ProblemState.DROPPED
    close([row], state, note.strip(), actor=actor, now=now)
    row.refresh_from_db()
    return row


def enter(problem_id: int, step: str, actor: Actor) -> PlatformProblem:
    """Lock a row of the list and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(PROBLEM_LIFECYCLE.transitions[step].permission)
    rows = PlatformProblem.objects.filter(pk=problem_id)
    if (shop_id := rows.values_list("shop", flat=True).first()) is None:
        raise NotFound()
    one_file_at_a_time(shop_id)
    row = lock_one(rows)
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    PROBLEM_LIFECYCLE.enter(step, row.state, actor)
    return row


def _new(shop: Shop, trouble: Trouble, now: datetime) -> PlatformProblem:
    return PlatformProblem(
        shop=shop,
        external_id=trouble.order.number,
        layout=trouble.order.layout,
        order_id=trouble.order_id,
        opened_at=now,
        due_at=now + value(PROBLEM_TIME),
    )


def _fill(row: PlatformProblem, trouble: Trouble) -> PlatformProblem:
    row.kind, row.reason, row.params = trouble.kind, trouble.reason, dict(trouble.params)
    row.codes, row.fingerprint = list(trouble.codes), trouble.print or print_of(trouble.order)
    row.data = {
        "rows": [dict(stated.cells) for stated in trouble.order.rows],
        "goods": [(line.code, line.quantity, str(line.price)) for line in trouble.order.goods],
    }
    return row


def _work(row: PlatformProblem) -> Work:
    return Work(WORK, KIND, row.public_id, row.due_at, shop_id=row.shop_id, params={"number": row.external_id})


def _change(action: str, row: PlatformProblem, shop: Shop, after: Mapping[str, Any], note: str = "") -> Change:
    return Change(f"orders.platform_{action}", KIND, row.public_id, shop=shop.code, after=dict(after), reason=note)
