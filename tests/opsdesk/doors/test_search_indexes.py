"""Every search box looks into columns whose index serves its lookup, or into a table that stays small."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Field

# Vocabularies and the tables of a few people: hundreds of rows, read whole in a millisecond.
SMALL = {
    "accounts.User", "catalog.BannedWord", "catalog.Category", "catalog.CategoryAttribute", "catalog.ClaimPattern",
    "catalog.Commitment", "catalog.CompetitorProduct", "catalog.MarketNote", "catalog.PriceChange", "catalog.SelectionLine",
    "catalog.SelectionList", "catalog.Supplier", "catalog.Tag",
}  # fmt: skip
OPERATOR_CLASS = {"startswith": "varchar_pattern_ops", "exact": "varchar_pattern_ops", "icontains": "gin_trgm_ops"}
SEARCHES = [
    (owner.model, name)
    for owner in admin.site._registry.values()
    if not owner.model.__module__.startswith("django")
    for name in owner.search_fields
]


def column_of(model: Any, path: str) -> tuple[Any, Any, str]:
    """The table, the column and the lookup that a search field names."""
    table, field, lookup = model, None, "exact"
    for part in path.split("__"):
        names = {found.name for found in table._meta.get_fields()}
        if part not in names:
            lookup = part
            break
        field = table._meta.get_field(part)
        table = field.related_model or table
    assert isinstance(field, Field)
    return table._meta.concrete_model, field, lookup


def is_served(table: Any, field: Any, lookup: str) -> bool:
    """Unique and indexed text columns have an index for prefixes beside their own: Django makes it."""
    if lookup in ("exact", "startswith") and (field.unique or field.db_index):
        return True
    served = [index for index in table._meta.indexes if index.fields[:1] == [field.name] and index.condition is None]
    return any(index.opclasses[:1] in ([OPERATOR_CLASS[lookup]], (OPERATOR_CLASS[lookup],)) for index in served)


@pytest.mark.parametrize(("model", "path"), SEARCHES, ids=lambda value: getattr(value, "__name__", value))
def test_every_search_field_has_an_index_that_fits(model: Any, path: str) -> None:
    table, field, lookup = column_of(model, path)
    assert lookup in OPERATOR_CLASS, "search by startswith, exact, or, in titles, icontains"
    assert table._meta.label in SMALL or is_served(table, field, lookup), f"{table._meta.label}.{field.name} {lookup}"
