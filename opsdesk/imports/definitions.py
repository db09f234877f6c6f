"""What an importer is, and the register of all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Issue, NotFound
from opsdesk.imports.enums import Outcome


@dataclass(frozen=True)
class Column:
    """One column of an importer. `label` is a message id and the template's header; on upload a column is known by its
    field, its label in any language, or one of `aliases`, such as the headers of a selling platform's exports.
    """

    field: str
    label: str
    example: str
    aliases: Sequence[str] = ()
    required: bool = False
    name: str = ""  # stands behind the label of one of `Further` columns


@dataclass(frozen=True)
class ParsedRow:
    """A row that could be read. `number` is the one that a spreadsheet program shows."""

    number: int
    data: Any


@dataclass(frozen=True)
class RowResult:
    """What became of one row, or would become of it. The pointer of an issue is ``/field``; `label` names the row's
    object for people.
    """

    number: int
    outcome: Outcome
    label: str = ""
    issues: Sequence[Issue] = field(default_factory=tuple)


def refused(number: int, label: str, *issues: Issue) -> RowResult:
    """A row that is not written."""
    return RowResult(number, Outcome.REFUSED, label, issues)


@dataclass(frozen=True)
class Further:
    """Columns beside the fixed ones, which are data: “Specification: capacity”, or just “capacity”.

    `label` is the message id before the colon, with `aliases`; `known` answers the field of every name there is. A column
    with the label and an unknown name is refused. `kinds` are code and title of the templates, `template` all columns of
    one; it raises NotFound.
    """

    label: str
    known: Callable[[], Mapping[str, str]]
    kinds: Callable[[], Sequence[tuple[str, str]]]
    template: Callable[[str], Sequence[Column]]
    aliases: Sequence[str] = ()


@dataclass(frozen=True)
class Importer:
    """One kind of import.

    `parse` is given the filled cells of a row by field and returns what the service takes.
    Raises: Malformed or Invalid, with an issue for each cell that is wrong.

    `run(rows, write, actor, now)` is a set-based service that is given up to 500 parsed rows at once and answers every
    one of them, in a fixed number of statements. It writes what is good when `write` is true; else it only says what
    it would do, and the database lets it neither write nor lock. Whether one refused row keeps all others out is not
    its business. With `by_shop` the person chooses a shop, and `run` gets its `shop_id` as well.

    `key` are the fields by which a row is known: the same key twice in one file is refused. Adjacent rows that agree in
    the cells of `group` (such as the SKUs of one product) come to `run` together. With `together` they do so wherever they
    stand in the table, and when one of them is refused, all of them are.
    """

    code: str
    title: str
    permission: str
    columns: Sequence[Column]
    parse: Callable[[Mapping[str, str]], Any]
    run: Callable[..., Sequence[RowResult]]
    sop: str
    key: Sequence[str] = ()
    group: Sequence[str] = ()
    together: bool = False
    by_shop: bool = False
    further: Further | None = None


REGISTER: dict[str, Importer] = {}


def register(*importers: Importer) -> None:
    """Make importers known; called by the apps' wiring."""
    for importer in importers:
        REGISTER[importer.code] = importer


def importer_for(code: str, actor: Actor) -> Importer:
    """The importer of that code. Raises: NotFound, Forbidden."""
    if code not in REGISTER:
        raise NotFound()
    importer = REGISTER[code]
    if not actor.can(importer.permission):
        raise Forbidden(extra={"permission": importer.permission})
    return importer


def usable(actor: Actor) -> list[Importer]:
    """The importers that the actor may use."""
    return [importer for importer in REGISTER.values() if actor.can(importer.permission)]
