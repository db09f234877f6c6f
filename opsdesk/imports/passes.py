"""Going through the rows of an import: once to tell what would happen, once to make it happen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection, transaction
from django.db.models import F

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Issue
from opsdesk.common.text import mark
from opsdesk.files.queries import open_file
from opsdesk.imports.definitions import Importer, RowResult
from opsdesk.imports.enums import Outcome
from opsdesk.imports.headers import match
from opsdesk.imports.models import ImportFile, ImportRow
from opsdesk.imports.reading import Batch, batches, gathered
from opsdesk.sheets.cells import Row
from opsdesk.sheets.table import open_table

COUNTERS = {outcome: str(outcome.value) for outcome in Outcome}


class TakenOver(Conflict):
    """Another worker goes on with this import."""

    message = mark("Somebody else works on this import.")


class RowsRefused(Conflict):
    """All or nothing: at least one row is refused."""

    code = "rows_refused"
    message = mark("Rows are refused, so nothing was written.")


@dataclass(frozen=True)
class Pass:
    """One pass over an import. It is `write`, or a preview that the database keeps from writing and locking."""

    work: ImportFile
    importer: Importer
    actor: Actor
    now: datetime
    write: bool

    @cached_property
    def fields(self) -> Sequence[str]:
        """The field of each column of the table."""
        return match(self.importer, self.work.header)

    def batches(self) -> Iterator[Batch]:
        """What is still to do: a pass that was broken off goes on behind its last batch."""
        with open_file(self.work.file) as file:

            def rows() -> Iterator[Row]:
                return open_table(file, self.work.file.original_name).rows

            ordered = gathered(self.importer, self.fields, rows) if self.importer.together else rows()
            for batch in batches(self.importer, self.fields, ordered):
                if batch.last > self.work.done_until:
                    yield batch

    def results(self, batch: Batch) -> list[RowResult]:
        """What the importer's service says of the batch, refusals of the reading included, by row number."""
        found = list(batch.refused)
        if batch.parsed:
            shop = {"shop_id": self.work.shop_id} if self.importer.by_shop else {}
            arguments = {"rows": batch.parsed, "write": self.write, "actor": self.actor, "now": self.now, **shop}
            with transaction.atomic() if self.write else _read_only():
                found += self.importer.run(**arguments)
        if sorted(result.number for result in found) != sorted(batch.cells):
            raise RuntimeError(f"importer {self.importer.code} did not answer every row once")
        return sorted(found, key=lambda result: result.number)

    @transaction.atomic
    def keep(self, batch: Batch, results: Sequence[RowResult]) -> None:
        """Note what became of the batch. Raises: TakenOver."""
        ImportRow.objects.bulk_create(self._row(result, batch) for result in results)
        counts = {COUNTERS[outcome]: sum(result.outcome == outcome for result in results) for outcome in Outcome}
        mine = ImportFile.objects.filter(pk=self.work.pk, claimed_until=self.work.claimed_until)
        columns = {name: F(name) + count for name, count in counts.items() if count}
        if not mine.update(**columns, done_until=batch.last, attempts=0):
            raise TakenOver()

    def preview(self) -> None:
        """Tell of every row what would become of it."""
        for batch in self.batches():
            self.keep(batch, self.results(batch))

    def write_good_rows(self) -> None:
        """Write batch by batch, each with its outcome in one transaction, so that no row is ever written twice."""
        for batch in self.batches():
            with transaction.atomic():
                self.keep(batch, self.results(batch))

    @transaction.atomic
    def write_all(self) -> None:
        """Write everything in one transaction. Raises: RowsRefused, at the first row that is."""
        for batch in self.batches():
            results = self.results(batch)
            if any(result.outcome == Outcome.REFUSED for result in results):
                raise RowsRefused()
            self.keep(batch, results)

    def _row(self, result: RowResult, batch: Batch) -> ImportRow:
        refused = result.outcome == Outcome.REFUSED
        return ImportRow(
            import_file=self.work,
            number=result.number,
            outcome=result.outcome,
            label=result.label[:200],
            cells=list(batch.cells[result.number]) if refused else [],
            issues=[self._issue(issue) for issue in result.issues],
        )

    def _issue(self, issue: Issue) -> dict[str, object]:
        """An issue as it is kept, with the header of its column: it points at a number of the table or at a field."""
        whole = issue.pointer.lstrip("/")
        name = whole if whole in self.fields else whole.split("/")[0]
        number = int(name) if name.isdecimal() else self.fields.index(name) if name and name in self.fields else None
        params = {key: value if isinstance(value, int) else str(value) for key, value in issue.params.items()}
        column = self.work.header[number] if number is not None and number < len(self.work.header) else ""
        return {"field": name, "column": column, "message": issue.message, "params": params}


@contextmanager
def _read_only() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
