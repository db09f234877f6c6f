"""Which SKUs are short, and which no longer are."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

# SKUs of delisted products are not replenished; of the others those count that are on sale or lie in a warehouse.
_STANDINGS = """
SELECT s.id, COALESCE(l.available, 0), COALESCE(s.alert_threshold, %(default)s), a.id, a.out_at IS NOT NULL
FROM catalog_sku s
JOIN catalog_product p ON p.id = s.product_id
LEFT JOIN (
    SELECT sku_id, sum(on_hand - reserved) AS available FROM catalog_stockitem
    WHERE %(skus)s::bigint[] IS NULL OR sku_id = ANY(%(skus)s) GROUP BY sku_id
) l ON l.sku_id = s.id
LEFT JOIN catalog_stockalert a ON a.sku_id = s.id AND a.resolved_at IS NULL
WHERE (%(skus)s::bigint[] IS NULL OR s.id = ANY(%(skus)s)) AND CASE WHEN a.id IS NULL
    THEN p.status <> 'delisted' AND s.is_listed AND (p.status = 'live' OR l.sku_id IS NOT NULL)
        AND COALESCE(l.available, 0) < COALESCE(s.alert_threshold, %(default)s)
    ELSE COALESCE(l.available, 0) > COALESCE(s.alert_threshold, %(default)s)
        OR (COALESCE(l.available, 0) <= 0 AND a.out_at IS NULL)
    END
ORDER BY s.id
"""


@dataclass(frozen=True)
class Standing:
    """A SKU's sellable pieces in all warehouses, its threshold, and its open alert if it has one."""

    sku_id: int
    available: int
    threshold: int
    alert_id: int | None
    told_out: bool


def standings(default_threshold: int, sku_ids: Collection[int] | None = None) -> list[Standing]:
    """Every SKU, or every one of these, whose alert may have to open, to be called sold out, or to end; one statement.

    SOP: C12
    """
    with connection.cursor() as cursor:
        skus = None if sku_ids is None else list(sku_ids)
        cursor.execute(_STANDINGS, {"default": default_threshold, "skus": skus})
        return [Standing(sku, int(available), threshold, alert, out) for sku, available, threshold, alert, out in cursor]
