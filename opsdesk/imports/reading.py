"""From the rows of a table to batches of parsed rows and refusals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
            yield batch
            batch = Batch()
        previous = group
        _read(importer, row, filled, _double(importer, filled, row.number, seen), batch)
    if batch.cells:
        yield batch


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
