"""What stands in the books about the buyers of orders that come in: one statement for a whole batch. SOP: O4, O5"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from orders.rules.intake.doubts import Past, Thresholds

MOST = 50  # how far back one phone, address or buyer is looked through, in orders


@dataclass(frozen=True)
class Ask:
    """Whom one order is from and what it holds; `lines` is the fingerprint of its lines."""

    shop: int
    buyer: str
    phone: str
    city: str
    street: str
    lines: str
    placed_at: datetime


# `ord` keeps the answers in the order of the questions
_PAST = """
WITH w AS (
    SELECT * FROM unnest(%(shops)s::bigint[], %(buyers)s::text[], %(phones)s::text[], %(cities)s::text[], %(streets)s::text[],
        %(lines)s::text[], %(placed)s::timestamptz[]) WITH ORDINALITY AS t(shop, buyer, phone, city, street, lines, placed, ord)
)
SELECT phones.n, phones.twin, places.n, buyers.n, buyers.average, buyers.twin
FROM w
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE abs(extract(epoch FROM r.placed_at - w.placed)) <= %(window)s) AS n,
        min(r.number) FILTER (WHERE r.lines = w.lines AND abs(extract(epoch FROM r.placed_at - w.placed)) <= %(twin)s) AS twin
    FROM (SELECT o.placed_at, o.number, o.intake_prints ->> '/lines' AS lines
        FROM orders_deliveryaddress a JOIN orders_order o ON o.id = a.order_id
        WHERE w.phone <> '' AND a.phone = w.phone AND o.shop_id = w.shop AND o.status <> 'cancelled' AND NOT o.historical
        ORDER BY a.order_id DESC LIMIT %(most)s) r
) phones
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE abs(extract(epoch FROM r.placed_at - w.placed)) <= %(window)s) AS n
    FROM (SELECT o.placed_at FROM orders_deliveryaddress a JOIN orders_order o ON o.id = a.order_id
        WHERE w.street <> '' AND md5(a.street) = md5(w.street) AND a.street = w.street AND a.city = w.city
            AND o.shop_id = w.shop AND o.status <> 'cancelled' AND NOT o.historical
        ORDER BY a.order_id DESC LIMIT %(most)s) r
) places
CROSS JOIN LATERAL (
    SELECT count(*) AS n, coalesce(avg(r.payable_amount), 0) AS average,
        min(r.number) FILTER (WHERE r.lines = w.lines AND abs(extract(epoch FROM r.placed_at - w.placed)) <= %(twin)s) AS twin
    FROM (SELECT o.placed_at, o.number, o.payable_amount, o.intake_prints ->> '/lines' AS lines
        FROM orders_customer c JOIN orders_order o ON o.customer_id = c.id
        WHERE c.shop_id = w.shop AND c.external_id = w.buyer AND o.kind = 'sale' AND o.status <> 'cancelled'
        ORDER BY o.id DESC LIMIT %(most)s) r
) buyers
ORDER BY w.ord
"""


def past_of(asks: Sequence[Ask], limits: Thresholds) -> list[Past]:
    """What came before each of these orders in its shop. A buyer without a name at the shop is known by the phone.

    SOP: O4, O5
    """
    arguments: dict[str, Any] = {
        "shops": [ask.shop for ask in asks],
        "buyers": [ask.buyer for ask in asks],
        "phones": [ask.phone for ask in asks],
        "cities": [ask.city for ask in asks],
        "streets": [ask.street for ask in asks],
        "lines": [ask.lines for ask in asks],
        "placed": [ask.placed_at for ask in asks],
        "window": limits.window.total_seconds(),
        "twin": limits.duplicate.total_seconds(),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAST, arguments)
        rows = cursor.fetchall()
    found = []
    for ask, (phone, phone_twin, address, orders, average, twin) in zip(asks, rows, strict=True):
        known = twin if ask.buyer else phone_twin
        found.append(Past(phone, address, known or "", orders, Decimal(average).quantize(Decimal("0.01"))))
    return found
