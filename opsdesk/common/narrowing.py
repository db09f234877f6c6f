"""Rows of which several things may be true, each with an index of its own, in lists that stop after one page.

One OR over several tables reads them all, and a set of everything found is as large as the table when a term is in every row.
So it is first asked whether little is found: then those rows are named. What much is found of is looked for row by row, since
the list meets enough of it on its way.
"""

from typing import Any

from django.db.models import F, IntegerField, OrderBy, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import IsNull

FEW = 1000  # rows that a condition may name; the same for everybody, a matter of the planner and not of the shop


def any_of(*found: QuerySet[Any]) -> Q:
    """The condition that a row of the model is in one of the sets, which are sets of the same model. Asks one statement."""
    parts = [_numbered(rows, number) for number, rows in enumerate(found)]
    named: dict[int, list[Any]] = {number: [] for number in range(len(found))}
    for number, key in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        named[number].append(key)
    keys = {key for some in named.values() if len(some) <= FEW for key in some}
    condition = Q(pk__in=keys)
    for number, some in named.items():
        if len(some) > FEW:
            condition |= Q(row_by_row(found[number]))
    return condition


class _ByCharacters(OrderBy):
    """The order of an index for prefixes (varchar_pattern_ops): by characters, whatever the language."""

    template = "%(expression)s USING ~<~ /* ASC */"  # Django looks for the direction, PostgreSQL has it in the operator


def first_with(rows: QuerySet[Any], path: str, start: str) -> tuple[list[Any], bool]:
    """The keys of the rows whose text begins so, in the order of the text, and whether there are more than are few.

    A prefix of thousands of old rows would cost a walk through all newer ones, were it looked for in the order of the list.
    Asks one statement.
    """
    found = rows.filter(**{f"{path}__startswith": start}).order_by(_ByCharacters(F(path)))
    keys = list(found.values_list("pk", flat=True)[: FEW + 1])
    return keys[:FEW], len(keys) > FEW


def _numbered(rows: QuerySet[Any], number: int) -> QuerySet[Any, Any]:
    """One more key than are few, each with the number of its set."""
    return rows.order_by().values_list(Value(number, output_field=IntegerField()), "pk")[: FEW + 1]


def row_by_row(rows: QuerySet[Any]) -> IsNull:
    """Whether the outer row is in the set: a scalar subquery, for PostgreSQL would make a hash of all rows from EXISTS."""
    return IsNull(Subquery(rows.filter(pk=OuterRef("pk")).order_by().values("pk")[:1]), False)
