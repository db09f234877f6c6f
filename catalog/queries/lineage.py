"""Under which categories a SKU stands."""

from collections.abc import Collection

from catalog.models import Sku


def categories_of(sku_ids: Collection[int]) -> dict[int, set[int]]:
    """The leaf of each SKU and the categories above it, by the SKU's id."""
    columns = ("product__category", "product__category__parent", "product__category__parent__parent")
    rows = Sku.objects.filter(pk__in=sku_ids).values_list("pk", *columns)
    return {pk: {key for key in keys if key is not None} for pk, *keys in rows}
