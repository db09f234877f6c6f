"""Taking over the figures of warehouse systems, set-based: a fixed number of statements whatever the batch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from catalog.enums.stock import MovementReason
from catalog.errors import KeyReused
from catalog.models import StockItem, StockMovement
from catalog.parameters.stock import JUMP_CHECK_TIME, STOCK_JUMP
from catalog.queries.stock import skus_by_code, warehouses_by_code
from catalog.rules.levels import Absolute, Balance, Delta, add, is_jump, take_over
from catalog.services import stock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_many
from opsdesk.parameters.queries import value

__all__ = ["Absolute", "Delta", "LevelCase", "LevelOutcome", "sync_levels"]

JUMP_KIND = "catalog.stock_jump"
ITEM_KIND = "stock"


class LevelOutcome(StrEnum):
    """What became of one figure."""

    OPEN = "open"
    CREATED = "created"
    UPDATED = "updated"
    EXISTING = "existing"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass
class LevelCase:
    """One figure on its way."""

    figure: Absolute | Delta
    place: tuple[int, int] = (0, 0)
    outcome: LevelOutcome = LevelOutcome.OPEN
    change: int = 0
    error: DomainError | None = None

    @property
    def key(self) -> str:
        """The ledger's key of the change."""
        sku, warehouse = self.place
        if isinstance(self.figure, Absolute):
            return f"sync:{sku}:{warehouse}:{self.figure.sync_seq}"
        return f"delta:{sku}:{warehouse}:{self.figure.key}"

    def refuse(self, error: DomainError) -> None:
        self.outcome, self.error = LevelOutcome.REFUSED, error


@transaction.atomic(savepoint=False)
def sync_levels(
    *, figures: Sequence[Absolute | Delta], all_or_nothing: bool, actor: Actor, now: datetime, write: bool = True
) -> list[LevelCase]:
    """Take over stock figures in their order; what is wrong with each stands in its case.

    With `all_or_nothing` one refused figure keeps all of them out. Without `write` all is decided and nothing kept.
    Raises: Forbidden.
    SOP: C11
    """
    actor.require("catalog.sync_stock")
    cases = [LevelCase(figure) for figure in figures]
    _find_places(cases, actor)
    waiting = [case for case in cases if case.outcome is LevelOutcome.OPEN]
    keep = write and not (all_or_nothing and len(waiting) < len(cases))
    _take_over(waiting, all_or_nothing=all_or_nothing, keep=keep, actor=actor, now=now)
    return cases


@transaction.atomic
def _take_over(cases: Sequence[LevelCase], *, all_or_nothing: bool, keep: bool, actor: Actor, now: datetime) -> None:
    """Lock, decide, write; a batch that is refused as a whole leaves not even the balances that it opened."""
    known = set(StockItem.objects.filter(sku__in={case.place[0] for case in cases}).values_list("sku_id", "warehouse_id"))
    items = stock.lock_items({case.place for case in cases})
    _decide(cases, items, known)
    if not keep or (all_or_nothing and any(case.error for case in cases)):
        transaction.set_rollback(True)
        for case in cases:
            case.outcome = LevelOutcome.OPEN if case.error is None else case.outcome
    else:
        write_cases(cases, items, actor, now)


def _find_places(cases: Sequence[LevelCase], actor: Actor) -> None:
    skus = skus_by_code({case.figure.sku for case in cases}, actor)
    warehouses = warehouses_by_code({case.figure.warehouse for case in cases}, actor)
    for case in cases:
        sku, warehouse = skus.get(case.figure.sku), warehouses.get(case.figure.warehouse)
        issues = []
        if sku is None:
            issues.append(Issue("/sku", "unknown_sku", mark("There is no such SKU.")))
        if warehouse is None:
            issues.append(Issue("/warehouse", "unknown_warehouse", mark("There is no such warehouse.")))
        if sku is None or warehouse is None:
            case.refuse(Invalid(issues[0].message, code=issues[0].code, issues=issues))
        else:
            case.place = (sku, warehouse)


def _decide(cases: Sequence[LevelCase], items: dict[tuple[int, int], StockItem], known: set[tuple[int, int]]) -> None:
    booked = dict(StockMovement.objects.filter(key__in=[case.key for case in cases]).values_list("key", "delta"))
    balances = {place: Balance(item.on_hand, item.reserved, item.sync_seq) for place, item in items.items()}
    for case in cases:
        try:
            _apply(case, balances[case.place], booked, is_new=case.place not in known)
        except DomainError as refusal:
            case.refuse(refusal)


def _apply(case: LevelCase, balance: Balance, booked: dict[str, int], *, is_new: bool) -> None:
    if isinstance(case.figure, Absolute):
        change = take_over(case.figure, balance)
        if change is None:
            case.outcome = LevelOutcome.IGNORED
            return
        case.change = change
    elif case.key in booked:
        if booked[case.key] != case.figure.delta:
            raise KeyReused(delta=booked[case.key])
        case.outcome = LevelOutcome.EXISTING
        return
    else:
        case.change = booked[case.key] = add(case.figure, balance)
    case.outcome = LevelOutcome.CREATED if is_new else LevelOutcome.UPDATED


def write_cases(
    cases: Sequence[LevelCase],
    items: dict[tuple[int, int], StockItem],
    actor: Actor,
    now: datetime,
    reason: MovementReason = MovementReason.SYNC,
) -> None:
    """Book decided figures, note their sequence, and have jumps looked at. The caller holds the balances."""
    written = [case for case in cases if case.outcome in (LevelOutcome.CREATED, LevelOutcome.UPDATED)]
    bookings = [
        stock.Booking(
            *case.place,
            case.change,
            case.key,
            ref=case.key.split(":", 3)[3],
            reason=reason if isinstance(case.figure, Absolute) else MovementReason.ADJUSTMENT,
        )
        for case in written
        if case.change
    ]
    stock.book(bookings, reason=reason, actor=actor, now=now)
    _note_sequences(written)
    _raise_jumps(written, items, now)


def _note_sequences(cases: Sequence[LevelCase]) -> None:
    newest = {case.place: case.figure.sync_seq for case in cases if isinstance(case.figure, Absolute)}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_stockitem s SET sync_seq = v.seq "
            "FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS v(sku_id, warehouse_id, seq) "
            "WHERE s.sku_id = v.sku_id AND s.warehouse_id = v.warehouse_id",
            [[sku for sku, _ in newest], [place for _, place in newest], list(newest.values())],
        )


def _raise_jumps(cases: Sequence[LevelCase], items: dict[tuple[int, int], StockItem], now: datetime) -> None:
    """A figure that moves a balance far is taken over, and looked at by a person."""
    changes: dict[tuple[int, int], list[int]] = defaultdict(list)
    names: dict[tuple[int, int], LevelCase] = {}
    for case in cases:
        changes[case.place].append(case.change)
        names[case.place] = case
    limit, due_at = value(STOCK_JUMP), now + value(JUMP_CHECK_TIME)
    works = [
        Work(
            JUMP_KIND,
            ITEM_KIND,
            str(items[place].pk),
            due_at,
            params={"sku": names[place].figure.sku, "warehouse": names[place].figure.warehouse, "pieces": sum(moved)},
        )
        for place, moved in changes.items()
        if is_jump(moved, limit=limit)
    ]
    raise_many(works, now=now)
