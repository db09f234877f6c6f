"""The same writes as order intake makes, by hand: what PostgreSQL alone needs for them."""

import json
from typing import Any

import psycopg2
from psycopg2.extras import execute_values

CHECKS = ("stock", "payment", "address", "contact", "price")
PRINTS = json.dumps({f"/{name}": "0123456789abcdef" for name in range(12)})


def connect(url: str) -> Any:
    """A connection to the scratch database."""
    return psycopg2.connect(url)  # type: ignore[no-untyped-call]


def write_orders(connection: Any, *, shop: int, sku: int, warehouse: int, start: int, count: int) -> None:
    """Write `count` orders of one line with everything that hangs on them, set-based, in one transaction."""
    place = {"sku_id": sku, "warehouse_id": warehouse}
    refs = [f"ord_raw{number}" for number in range(start, start + count)]
    none = dict.fromkeys(("discount_amount", "freight_amount", "refunded_amount"), 0)
    texts = dict.fromkeys(("buyer_note", "seller_note"), "") | dict.fromkeys(("placed_at", "paid_at", "process_by"), "now")
    address = {"recipient": "王小明", "phone": "+8613800000000", "province": "广东省", "city": "深圳市", "district": "南山区"}
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM catalog_stockitem WHERE sku_id = %(sku_id)s AND warehouse_id = %(warehouse_id)s "
                       "FOR NO KEY UPDATE", place)  # fmt: skip
        insert(
            cursor, "doors_idempotencyrecord", [refs[0]], "key", caller="raw", fingerprint="f" * 64, status=201, body=PRINTS * 3
        )
        twice = [(ref, ref) for ref in refs]
        insert(cursor, "orders_customer", twice, "public_id", "external_id", shop_id=shop, name="王小明", phone="1", email="")
        ids = insert(
            cursor, "orders_order", [(ref, ref, ref[4:]) for ref in refs], "public_id", "external_id", "number", shop_id=shop,
            kind="sale", status="pending", payment_status="paid", currency="CNY", goods_amount=99, payable_amount=99,
            paid_amount=99, payment_method="alipay", payment_reference="A1", coupons="[]", is_test=False, historical=False,
            intake_prints=PRINTS, **none, **texts,
        )  # fmt: skip
        insert(cursor, "orders_deliveryaddress", ids, "order_id", street="科技园路1号", postal_code="518000", **address)
        insert(cursor, "orders_orderline", ids, "order_id", position=1, sku_id=sku, sku_code="S", title="T", options="{}",
               quantity=1, unit_price=99, discount_amount=0)  # fmt: skip
        checks = [(order, code) for order in ids for code in CHECKS]
        insert(cursor, "orders_ordercheck", checks, "order_id", "code", result="ok", detail="{}")
        cursor.execute("UPDATE catalog_stockitem SET reserved = reserved + %(count)s "
                       "WHERE sku_id = %(sku_id)s AND warehouse_id = %(warehouse_id)s", place | {"count": count})  # fmt: skip
        insert(cursor, "catalog_reservation", refs, "owner_ref", quantity=1, reserved_at="now", **place)
        insert(cursor, "webhooks_event", twice, "public_id", "subject_id", type="order.created",
               occurred_at="now", shop_id=shop, subject_kind="order", sequence=1, data=PRINTS)  # fmt: skip
        insert(cursor, "audit_auditentry", refs, "subject_id", at="now", actor_kind="client", actor_label="raw", request_id="",
               shop="tmall-01", action="orders.created", subject_kind="order", before="{}", after="{}", reason="")  # fmt: skip


def insert(cursor: Any, table: str, rows: list[Any], *varying: str, **same: Any) -> list[int]:
    """Insert all rows with one statement: the columns that vary, and those that are the same in each. Returns the ids."""
    columns = ", ".join((*varying, *same))
    values = [(*(row if isinstance(row, tuple) else (row,)), *same.values()) for row in rows]
    found = execute_values(  # type: ignore[no-untyped-call]
        cursor, f"INSERT INTO {table} ({columns}) VALUES %s RETURNING id", values, page_size=len(values), fetch=True
    )
    return [row[0] for row in found]
