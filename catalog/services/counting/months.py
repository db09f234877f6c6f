"""Keeping the months of stock: what was there at the start, what came, what was sold, what is left."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from opsdesk.duties.definitions import SHOP_TIME

_SETTLES = 3  # days: bookings of the last days of a month may come late

_KEEP = """
INSERT INTO catalog_stockperiod (month, sku_id, warehouse_id, opening, received, sold, closing, unit_cost)
SELECT %(month)s, i.sku_id, i.warehouse_id,
       i.on_hand - coalesce(m.later, 0) - coalesce(m.net, 0), coalesce(m.came, 0), coalesce(m.sold, 0),
       i.on_hand - coalesce(m.later, 0), s.cost
FROM catalog_stockitem i
JOIN catalog_sku s ON s.id = i.sku_id
LEFT JOIN (
    SELECT sku_id, warehouse_id,
           sum(delta) FILTER (WHERE at >= %(until)s) AS later,
           sum(delta) FILTER (WHERE at < %(until)s) AS net,
           sum(delta) FILTER (WHERE at < %(until)s AND reason IN ('receipt', 'opening', 'sync') AND delta > 0) AS came,
           -sum(delta) FILTER (WHERE at < %(until)s AND reason = 'sale') AS sold
    FROM catalog_stockmovement WHERE at >= %(since)s GROUP BY sku_id, warehouse_id
) m ON m.sku_id = i.sku_id AND m.warehouse_id = i.warehouse_id
WHERE i.on_hand <> 0 OR m.sku_id IS NOT NULL
ON CONFLICT (month, warehouse_id, sku_id) DO UPDATE
SET opening = excluded.opening, received = excluded.received, sold = excluded.sold, closing = excluded.closing,
    unit_cost = excluded.unit_cost
WHERE (catalog_stockperiod.opening, catalog_stockperiod.received, catalog_stockperiod.sold, catalog_stockperiod.closing)
   IS DISTINCT FROM (excluded.opening, excluded.received, excluded.sold, excluded.closing)
"""


def keep_months(*, now: datetime) -> int:
    """Bring the present month up to date, and the one before while it settles; returns how many rows changed.

    Months are those of Asia/Shanghai.
    SOP: C23
    """
    today = now.astimezone(SHOP_TIME).date()
    first = today.replace(day=1)
    months = [first] if today.day > _SETTLES else [(first - timedelta(days=1)).replace(day=1), first]
    return sum(keep_month(month=month) for month in months)


@transaction.atomic
def keep_month(*, month: date) -> int:
    """Work out one month anew, in one statement; returns how many rows changed. SOP: C23"""
    since = datetime(month.year, month.month, 1, tzinfo=SHOP_TIME)
    until = (since + timedelta(days=32)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"month": month, "since": since, "until": until})
        return int(cursor.rowcount)
