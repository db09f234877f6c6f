"""From the rows of a table to batches of parsed rows and refusals."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.text import mark
from opsdesk.imports.definitions import Importer, ParsedRow, RowResult, refused
from opsdesk.sheets.cells import Row

BATCH = 500  # rows that a service is given at once: few enough for short locks, enough that statements do not count


@dataclass
class Batch:
    """Rows that are dealt with together. `cells` are those of all rows by row number."""

    parsed: list[ParsedRow] = field(default_factory=list)
    refused: list[RowResult] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    last: int = 0


def batches(importer: Importer, fields: Sequence[str], rows: Iterable[Row]) -> Iterator[Batch]:
    """All rows, in batches of BATCH; rows of one group stay together as long as they stand together."""
    batch, seen, previous = Batch(), dict[tuple[str, ...], int](), None
    for row in rows:
        filled = {name: cell for name, cell in zip(fields, row.cells, strict=True) if name and cell}
        group = tuple(filled.get(name, "") for name in importer.group)
        if len(batch.cells) >= BATCH and (not importer.group or group != previous):
            yield _whole(importer, fields, batch)
            batch = Batch()
        previous = group
        _read(importer, row, filled, _double(importer, filled, row.number, seen), batch)
    if batch.cells:
        yield _whole(importer, fields, batch)


def gathered(importer: Importer, fields: Sequence[str], rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a table, those of one group behind one another: a group comes where its last row stands. `rows` begins the
    table anew; of rows that stand apart only those are kept that wait for others of their group.
    """
    left = Counter(_group(importer, fields, row.cells) for row in rows())
    kept: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows():
        group = _group(importer, fields, row.cells)
        kept[group].append(row)
        left[group] -= 1
        if not left[group]:
            yield from kept.pop(group)


def _group(importer: Importer, fields: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    filled = dict(zip(fields, cells, strict=True))
    return tuple(filled.get(name, "") for name in importer.group)


def _whole(importer: Importer, fields: Sequence[str], batch: Batch) -> Batch:
    """A group of which a row is refused is refused as a whole: a part of it would be something else."""
    if not importer.together:
        return batch
    groups = {number: _group(importer, fields, cells) for number, cells in batch.cells.items()}
    bad = {groups[result.number]: result.number for result in reversed(batch.refused)}
    for row in [row for row in batch.parsed if groups[row.number] in bad]:
        message, params = mark("It belongs to row %(row)s, which is refused."), {"row": bad[groups[row.number]]}
        label = " ".join(groups[row.number])[:200]
        batch.refused.append(refused(row.number, label, Issue("", "group_refused", message, params)))
    batch.parsed = [row for row in batch.parsed if groups[row.number] not in bad]
    return batch


def _double(importer: Importer, filled: Mapping[str, str], number: int, seen: dict[tuple[str, ...], int]) -> int | None:
    """The number of the earlier row of the same key, if there is one."""
    key = tuple(filled.get(name, "") for name in importer.key)
    earlier = seen.setdefault(key, number) if any(key) else number
    return earlier if earlier != number else None


def _read(importer: Importer, row: Row, filled: Mapping[str, str], double: int | None, batch: Batch) -> None:
    label = " ".join(filled.get(name, "") for name in importer.key)[:200]
    issues = list(row.issues)
    if double is not None:
        issues.append(Issue(f"/{importer.key[0]}", "duplicate_row", mark("It stands in row %(row)s already."), {"row": double}))
    batch.cells[row.number] = row.cells
    batch.last = row.number
    try:
        parsed = ParsedRow(row.number, importer.parse(filled))
    except DomainError as refusal:
        issues += refusal.issues or [Issue("", refusal.error_code, refusal.message_id, refusal.params)]
    if issues:
        batch.refused.append(refused(row.number, label, *issues))
    else:
        batch.parsed.append(parsed)
