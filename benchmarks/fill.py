"""A shop with as many SKUs as asked for, filled by copying one of them inside the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from catalog.models import Product
from tests.builders import a_category, a_live_listing, a_shop, a_warehouse, stock_up

COMMON, RARE = 10, 100  # every tenth row, every hundredth row
TABLES = ("product", "listingrevision", "sku", "skuprice", "productshop", "stockitem", "stockmovement", "stockalert")
CODES = {"category": "cups-rare", "shop": "jd-01", "warehouse": "gz-01"}  # of every hundredth row

_PUBLIC = "left(t.public_id, 4) || lpad(g::text, 26, '0')"
_TIMES = {"created_at": "now() - g * interval '1 second'", "updated_at": "now() - g * interval '1 second'"}


class Filling:
    """What the first SKU looks like, and how far its copies go."""

    def __init__(self) -> None:
        self.size = 1
        self.warehouse = a_warehouse("sz-01")
        a_shop("tmall-01", warehouse=self.warehouse)
        others = {"warehouse": a_warehouse(CODES["warehouse"]).pk, "category": a_category(CODES["category"]).pk}
        self.rare = others | {"shop": a_shop(CODES["shop"], warehouse=self.warehouse).pk}
        revision = a_live_listing(code="P-0000000", title="晨光 保温杯 第0000000款")
        self.product = Product.objects.get(pk=revision.product_id)
        stock_up(self.product.skus.get(), 5, self.warehouse)
        _run(
            "INSERT INTO catalog_stockalert (public_id, sku_id, status, threshold, available, proposed_quantity, opened_at, "
            "supplier_name, acked_by) SELECT 'alr_' || lpad('', 26, '0'), id, 'open', 9, 5, 10, now(), '', '' FROM catalog_sku"
        )

    def grow(self, size: int) -> None:
        """Copy until there are `size` SKUs: indexes and foreign keys are built anew afterwards, as in every large import."""
        with _bare_tables():
            for table, exprs in self._copies().items():
                _copy(table, exprs, self.size, size - 1)
        self.size = size

    def _copies(self) -> dict[str, dict[str, str]]:
        """For each table what differs from the first row; g is the number of the copy."""
        product, no = self.product, "lpad(g::text, 7, '0')"
        sku, latest = product.skus.get(), product.live_revision_id
        code = {"code": f"'P-' || {no}", "public_id": _PUBLIC, **_TIMES}
        of_product, of_sku = {"product_id": f"{product.pk} + g"}, {"sku_id": f"{sku.pk} + g"}
        title = f"'晨光 保温杯 第' || {no} || '款' || CASE WHEN g % {RARE} = 0 THEN ' 特别款' ELSE '' END"
        revision = f"{latest} + g"
        rare, common = f"g % {RARE} = 0", f"g % {COMMON} = 0"
        shop, house = f"CASE WHEN {rare} THEN {self.rare['shop']} ELSE t.shop_id END", self.rare["warehouse"]
        status = f"CASE WHEN {rare} THEN 'delisted' ELSE t.status END"
        category = f"CASE WHEN {rare} THEN {self.rare['category']} ELSE t.category_id END"
        in_house = {"warehouse_id": f"CASE WHEN {rare} THEN {house} ELSE t.warehouse_id END"}
        tags = f"CASE WHEN {rare} THEN ARRAY['热卖'] WHEN {common} THEN ARRAY['新品'] ELSE ARRAY[]::text[] END"
        codes = {"sku_codes": f"ARRAY['S-' || {no}]", "tags": tags, "title_key": f"'晨光保温杯第' || {no} || '款'"}
        return {
            "product": code | {"title": title, "status": status, "category_id": category} | dict.fromkeys(
                ("live_revision_id", "latest_revision_id"), revision),
            "listingrevision": {"public_id": _PUBLIC, "title": title, **of_product, **codes, **_TIMES},
            "sku": code | of_product | {"code": f"'S-' || {no}", "is_listed": f"NOT {rare}"},
            "skuprice": of_sku,
            "productshop": of_product | {"shop_id": shop},
            "stockitem": of_sku | in_house | _TIMES,
            "stockmovement": of_sku | in_house | {
                "key": "'copy:' || g", "ref": "'R-' || g", "reason": f"CASE WHEN {rare} THEN 'damaged' ELSE t.reason END"},
            "stockalert": of_sku | _TIMES | {
                "public_id": _PUBLIC, "status": f"CASE WHEN {rare} THEN 'open' ELSE 'resolved' END",
                "resolved_at": f"CASE WHEN {rare} THEN NULL ELSE now() END"},
        }  # fmt: skip


def _copy(table: str, exprs: dict[str, str], first: int, last: int) -> None:
    """Insert copies number `first` to `last` of the table's first row."""
    name = f"catalog_{table}"
    stored = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
    columns = [str(row[0]) for row in _run(stored, name)]
    exprs = exprs | {"id": "t.id + g"}
    values = ", ".join(exprs.get(column, f"t.{column}") for column in columns)
    source = f"(SELECT * FROM {name} ORDER BY id LIMIT 1) t, generate_series({first}, {last}) g"
    _run(f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {source}")
    _run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")


@contextmanager
def _bare_tables() -> Iterator[None]:
    """Take away what slows inserting down, put it back and let the planner count."""
    names = [f"catalog_{table}" for table in TABLES]
    keys = _run("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)", names)  # fmt: skip
    indexes = _run("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
                   "(SELECT FROM pg_constraint WHERE conname = indexname)", names)  # fmt: skip
    for table, key, _ in keys:
        _run(f'ALTER TABLE {table} DROP CONSTRAINT "{key}"')
    for index, _ in indexes:
        _run(f'DROP INDEX "{index}"')
    yield
    _run("SET maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        _run(str(definition))
    for table, key, definition in keys:
        _run(f'ALTER TABLE {table} ADD CONSTRAINT "{key}" {definition}')
    for name in names:
        _run(f"VACUUM (ANALYZE) {name}")


def _run(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else []
