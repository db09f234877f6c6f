"""The platform's statement: its lines are taken in from a table, then compared with the settlement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.enums.finance import BatchState, DifferenceState
from orders.models import SettlementBatch, StatementDifference, StatementLine
from orders.parameters.finance import DIFFERENCE_TIME
from orders.queries.finance import statements as queries
from orders.rules.finance.settlement import Difference, differences
from orders.services.finance import batches
from orders.services.finance.gathering import add_up, take_subsidies

KIND = "statementdifference"
WORK = "orders.statement_difference"


@dataclass(frozen=True)
class Stated:
    """One order of a statement: what the platform paid for it, before its fee."""

    order: str
    amount: Decimal
    day: date
    fee: Decimal = Decimal("0.00")
    subsidy: Decimal | None = None


@transaction.atomic
def import_statement(
    *, rows: Sequence[ParsedRow], write: bool, shop_id: int | None, actor: Actor, now: datetime
) -> Sequence[RowResult]:
    """Take in lines of the platform's statement, each into the open settlement that its order, or else its day, is in.

    The same order again replaces its line. Raises: Forbidden.
    SOP: O15
    """
    actor.require(batches.PERMISSION)
    open_ = SettlementBatch.objects.filter(shop=shop_id, state=BatchState.OPEN)
    found = lock_many(open_) if write else list(open_.order_by("pk"))
    of_order = queries.batches_of_orders(found, [row.data.order for row in rows])
    known = queries.lines_of(found, [row.data.order for row in rows])
    results, lines = [], []
    for row in rows:
        batch_id = of_order.get(row.data.order) or _by_day(found, row.data.day)
        if batch_id is None:
            issue = Issue("/day", "no_open_settlement", mark("No open settlement holds this order or this day."))
            results.append(refused(row.number, row.data.order, issue))
            continue
        line = _line(row.data, batch_id)
        before = known.get((batch_id, line.external_id))
        same = before == (line.amount, line.fee, line.subsidy, line.day)
        outcome = Outcome.CREATED if before is None else Outcome.EXISTING if same else Outcome.UPDATED
        results.append(RowResult(row.number, outcome, line.external_id))
        if not same:
            lines.append(line)
    if write:
        _write(lines)
    return results


@transaction.atomic(savepoint=False)
def compare(*, batch_id: int, actor: Actor, now: datetime) -> SettlementBatch:
    """Compare an open settlement with its statement: each order on which they disagree becomes work; what agrees by now
    is closed; what was resolved stays resolved while the amounts are the same.

    The part of a discount that the platform says it bears is taken over first.
    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O15
    """
    batch = batches.enter(batch_id, "compare", actor)
    take_subsidies(batch)
    found = differences(queries.ours(batch), queries.theirs(batch))
    known = {row.external_id: row for row in lock_many(StatementDifference.objects.filter(batch=batch))}
    gone = [row for key, row in known.items() if key not in found and row.state == DifferenceState.OPEN]
    StatementDifference.objects.filter(pk__in=[row.pk for row in gone]).update(state=DifferenceState.AGREED)
    resolve(kind=WORK, subject_ids=[row.public_id for row in gone], outcome="agreed", actor=actor, now=now)
    _open(batch, {key: one for key, one in found.items() if _is_news(known.get(key), one)}, known, now)
    add_up(batch, compared_at=now, hands=batches.with_hand(batch, actor))
    batches.log(batch, "compare", actor, now, differences=len(found))
    return batch


def _line(stated: Stated, batch_id: int) -> StatementLine:
    return StatementLine(
        batch_id=batch_id,
        external_id=stated.order,
        amount=stated.amount,
        fee=stated.fee,
        subsidy=stated.subsidy,
        day=stated.day,
    )


def _by_day(found: Sequence[SettlementBatch], day: date) -> int | None:
    return next((batch.pk for batch in found if batch.starts_on <= day <= batch.ends_on), None)


def _write(lines: Sequence[StatementLine]) -> None:
    StatementLine.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["batch", "external_id"],
        update_fields=["amount", "fee", "subsidy", "day"],
    )
    SettlementBatch.objects.filter(pk__in={line.batch_id for line in lines}).update(compared_at=None)


def _is_news(known: StatementDifference | None, found: Difference) -> bool:
    if known is None or known.state == DifferenceState.AGREED:
        return True
    return (known.kind, known.ours, known.theirs) != (found.kind, found.ours, found.theirs)


def _open(
    batch: SettlementBatch, news: Mapping[str, Difference], known: Mapping[str, StatementDifference], now: datetime
) -> None:
    orders = queries.orders_of(batch.shop_id, news)
    fresh = [
        StatementDifference(
            batch=batch, external_id=key, order_id=orders.get(key), kind=one.kind, ours=one.ours, theirs=one.theirs
        )
        for key, one in news.items()
        if key not in known
    ]
    again = [known[key] for key in news if key in known]
    for row in again:
        one = news[row.external_id]
        row.kind, row.ours, row.theirs, row.state = one.kind, one.ours, one.theirs, DifferenceState.OPEN
        row.resolved_at, row.resolved_by = None, ""
    StatementDifference.objects.bulk_create(fresh, batch_size=2000)
    StatementDifference.objects.bulk_update(again, ["kind", "ours", "theirs", "state", "resolved_at", "resolved_by"])
    due = now + value(DIFFERENCE_TIME)
    raise_many(
        [
            Work(WORK, KIND, row.public_id, due, shop_id=batch.shop_id, params={"number": row.external_id})
            for row in [*fresh, *again]
        ],
        now=now,
    )
