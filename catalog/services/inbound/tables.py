"""Opening stock, thresholds and deliveries from tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.inbound import ReceiptStatus
from catalog.enums.stock import MovementReason
from catalog.models import GoodsReceipt, Sku, StockMovement
from catalog.queries.stock import skus_by_code, skus_visible_to, warehouses_by_code, warehouses_visible_to
from catalog.services import stock
from catalog.services.inbound.receipts import PERMISSION
from catalog.services.inbound.tallies import Scan, Tally
from catalog.services.stock_sync import Absolute, LevelCase, LevelOutcome, write_cases
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome


@dataclass(frozen=True)
class ThresholdLine:
    """A SKU's own threshold; None for the general one."""

    sku: str
    threshold: int | None


@dataclass(frozen=True)
class CountLine:
    """Counted pieces for the open goods receipt of that number."""

    receipt: str
    scan: Scan


@transaction.atomic
def import_opening_stock(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Take the first figures of balances over; what has moved already is counted or written off, never overwritten.

    Raises: Forbidden.
    SOP: C11
    """
    actor.require("catalog.import_openingstock")
    figures: list[Absolute] = [row.data for row in rows]
    skus = skus_by_code({figure.sku for figure in figures}, actor)
    places = warehouses_by_code({figure.warehouse for figure in figures}, actor)
    cases = [LevelCase(one, (skus.get(one.sku, 0), places.get(one.warehouse, 0))) for one in figures]
    known = {case.place for case in cases if all(case.place)}
    items = stock.lock_items(known) if write else {}
    moved = set(
        StockMovement.objects.filter(sku__in={sku for sku, _ in known}, warehouse__in={place for _, place in known})
        .values_list("sku_id", "warehouse_id")
        .distinct()
    )
    results = [_opening(row, case, moved) for row, case in zip(rows, cases, strict=True)]
    if write:
        good = [case for case, result in zip(cases, results, strict=True) if result.outcome == Outcome.CREATED]
        for case in good:
            case.outcome, case.change = LevelOutcome.CREATED, case.figure.quantity  # type: ignore[union-attr]
        write_cases(good, items, actor, now, MovementReason.OPENING)
    return results


@transaction.atomic
def import_thresholds(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Give many SKUs an alert threshold of their own, or take it away. Raises: Forbidden. SOP: C12"""
    actor.require("catalog.change_threshold")
    lines: list[ThresholdLine] = [row.data for row in rows]
    known = skus_visible_to(actor).filter(code__in={line.sku for line in lines})
    keys = list(known.values_list("pk", flat=True))
    skus = Sku.objects.filter(pk__in=keys)
    found = {sku.code: sku for sku in (lock_many(skus) if write else skus)}
    results, changed, changes = [], [], []
    for row, line in zip(rows, lines, strict=True):
        sku = found.get(line.sku)
        if sku is None:
            results.append(refused(row.number, line.sku, Issue("/sku", "unknown_sku", mark("There is no such SKU."))))
            continue
        same = sku.alert_threshold == line.threshold
        results.append(RowResult(row.number, Outcome.EXISTING if same else Outcome.UPDATED, line.sku))
        if not same:
            before, after = {"threshold": sku.alert_threshold}, {"threshold": line.threshold}
            changes.append(Change("catalog.threshold_changed", "sku", sku.public_id, before=before, after=after))
            sku.alert_threshold = line.threshold
            changed.append(sku)
    if write:
        Sku.objects.bulk_update(changed, ["alert_threshold"])
        record_many(changes, actor=actor, now=now)
    return results


@transaction.atomic
def import_counts(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Add the counts of a table to the open goods receipts that it names. Raises: Forbidden. SOP: C11"""
    actor.require(PERMISSION)
    visible = warehouses_visible_to(actor).values("pk")
    named = GoodsReceipt.objects.filter(number__in={row.data.receipt for row in rows}, warehouse__in=visible)
    open_ = named.filter(status=ReceiptStatus.OPEN)
    receipts = {receipt.number: receipt for receipt in (lock_many(open_) if write else open_)}
    by_receipt: dict[str, list[ParsedRow]] = defaultdict(list)
    results = []
    for row in rows:
        if row.data.receipt in receipts:
            by_receipt[row.data.receipt].append(row)
        else:
            issue = Issue("/receipt", "unknown_receipt", mark("There is no open goods receipt of this number."))
            results.append(refused(row.number, row.data.receipt, issue))
    for number, mine in by_receipt.items():
        tally = Tally(receipts[number], [row.data.scan for row in mine], actor, now)
        if write:
            tally.keep()
        results += [_counted(row, wrong) for row, wrong in zip(mine, tally.wrong, strict=True)]
    return results


def _opening(row: ParsedRow, case: LevelCase, moved: set[tuple[int, int]]) -> RowResult:
    sku, warehouse = case.place
    label, issues = f"{case.figure.sku}@{case.figure.warehouse}", []
    if not sku:
        issues.append(Issue("/sku", "unknown_sku", mark("There is no such SKU.")))
    if not warehouse:
        issues.append(Issue("/warehouse", "unknown_warehouse", mark("There is no such warehouse.")))
    if case.place in moved:
        message = mark("It has stock movements already: count it or write it off.")
        issues.append(Issue("/quantity", "has_movements", message))
    return refused(row.number, label, *issues) if issues else RowResult(row.number, Outcome.CREATED, label)


_FIELDS = {"code": "sku", "lot_code": "lot"}  # the table's names of what a scan calls otherwise


def _counted(row: ParsedRow, wrong: Sequence[Issue]) -> RowResult:
    label = f"{row.data.receipt} {row.data.scan.code}"
    fields = [issue.pointer.rsplit("/", 1)[-1] for issue in wrong]
    issues = [
        Issue(f"/{_FIELDS.get(name, name)}", issue.code, issue.message, issue.params)
        for name, issue in zip(fields, wrong, strict=True)
    ]
    return refused(row.number, label, *issues) if issues else RowResult(row.number, Outcome.UPDATED, label)
