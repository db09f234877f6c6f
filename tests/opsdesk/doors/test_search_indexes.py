"""Every search box looks into columns whose index serves its lookup, or into a table that stays small."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.postgres.indexes import OpClass
from django.db import connection
from django.db.models import Field
from django.db.models.functions import Upper

from catalog.models import Product

# Vocabularies and the tables of a few people: hundreds of rows, read whole in a millisecond.
SMALL = {
    "accounts.User", "catalog.BannedWord", "catalog.Category", "catalog.CategoryAttribute", "catalog.ClaimPattern",
    "catalog.Commitment", "catalog.CompetitorProduct", "catalog.MarketNote", "catalog.PriceChange", "catalog.SelectionLine",
    "catalog.SelectionList", "catalog.Supplier", "catalog.Tag",
}  # fmt: skip
PREFIXES = "varchar_pattern_ops"
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
    """Unique and indexed text columns have an index for prefixes beside their own: Django makes it. Equality is served
    by any index that begins with the column.

    icontains compares upper-case texts, so an index on the column as it stands would never be used.
    """
    whole = [index for index in table._meta.indexes if index.condition is None]
    if lookup == "icontains":
        return any(index.expressions == (OpClass(Upper(field.name), name="gin_trgm_ops"),) for index in whole)
    if field.unique or field.db_index:
        return True
    if lookup == "exact":
        return any(index.fields[:1] == [field.name] for index in whole)
    return any(index.fields[:1] == [field.name] and [*index.opclasses[:1]] == [PREFIXES] for index in whole)


@pytest.mark.parametrize(("model", "path"), SEARCHES, ids=lambda value: getattr(value, "__name__", value))
def test_every_search_field_has_an_index_that_fits(model: Any, path: str) -> None:
    table, field, lookup = column_of(model, path)
    assert lookup in ("startswith", "exact", "icontains"), "search by startswith, exact, or, in titles, icontains"
    assert table._meta.label in SMALL or is_served(table, field, lookup), f"{table._meta.label}.{field.name} {lookup}"


def test_the_title_search_goes_by_the_index_in_chinese_as_well(db: None) -> None:
    columns = "code, title, status, public_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO catalog_product ({columns}) "
            "SELECT 'P' || g, '晨光 Cup 保温杯 第' || g || '款', 'draft', 'prd_' || g FROM generate_series(1, 20000) g"
        )
        cursor.execute("SELECT gin_clean_pending_list('product_titles')")  # as autovacuum does
        cursor.execute("ANALYZE catalog_product")
    found = Product.objects.filter(title__icontains="第12345款")
    assert list(found.values_list("code", flat=True)) == ["P12345"]
    assert "product_titles" in found.explain()
    assert "product_titles" in Product.objects.filter(title__icontains="cup 保温杯 第77").explain()
