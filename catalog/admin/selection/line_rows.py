"""How lines of a selection list are shown: scores, platforms, and what speaks against each, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from catalog.enums.selection import LineDecision
from catalog.models import SelectionLine
from catalog.queries.selection.lines import Examined, examine_all
from catalog.rules.selection.scoring import CRITERIA
from opsdesk.doors.words import say
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.enums import Platform

COLOURS = {
    LineDecision.OPEN: "grey",
    LineDecision.ACCEPTED: "green",
    LineDecision.REJECTED: "red",
    LineDecision.LATER: "amber",
}


@dataclass(frozen=True)
class Remark:
    """A finding in words; `severity` is its class."""

    severity: str
    text: str


@dataclass(frozen=True)
class LineRow:
    """A line as the pages show it. `remarks` leave out what tells the margin, `all_remarks` do not."""

    line: SelectionLine
    examined: Examined

    @property
    def platforms(self) -> list[Any]:
        return [Platform(code).label for code in self.line.platforms]

    @property
    def scores(self) -> list[tuple[Any, int | None]]:
        """The criteria with their scores; the one of the margin is last."""
        meta = self.line._meta
        return [
            (capfirst(meta.get_field(f"{name}_score").verbose_name), getattr(self.line, f"{name}_score"))  # type: ignore[union-attr]
            for name in CRITERIA
        ]

    @property
    def open_scores(self) -> list[tuple[Any, int | None]]:
        """The scores that tell nothing of costs."""
        return self.scores[:-1]

    @property
    def colour(self) -> str:
        return COLOURS[LineDecision(self.line.decision)]

    @property
    def all_remarks(self) -> list[Remark]:
        return self._remarks(costs=True)

    @property
    def remarks(self) -> list[Remark]:
        return self._remarks(costs=False)

    def _remarks(self, *, costs: bool) -> list[Remark]:
        return [
            Remark(str(found.severity), _sentence(self.line, found.pointer, say(found.message, found.params)))
            for found in self.examined.shown(costs=costs)
        ]


def line_rows(lines: Iterable[SelectionLine], *, now: datetime) -> list[LineRow]:
    """The rows of lines that were read with their facts."""
    today = now.astimezone(SHOP_TIME).date()
    return [LineRow(examined.line, examined) for examined in examine_all(lines, today=today)]


def _sentence(line: SelectionLine, pointer: str, text: str) -> str:
    """The text with the name of the field that it is about."""
    name = pointer.lstrip("/")
    names = {field.name: field for field in line._meta.get_fields()}
    label = getattr(names.get(name), "verbose_name", "")
    return f"{capfirst(label)}: {text}" if label else text
