"""Filling a settlement: completed orders and paid refunds that no settlement has yet, in a fixed number of statements."""

from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from orders.models import SettlementBatch, SettlementRow
from orders.rules.finance.settlement import SUMS

# What an order's lines and freight do not explain of its payable amount stands as an adjustment, so that nothing is lost.
_SALES = """
INSERT INTO orders_settlementrow (batch_id, kind, order_id, settlement_id, at, goods, shop_discount, platform_discount,
  freight, prepaid, refunds, compensation, adjustment, amount, note)
SELECT %(batch)s, 'sale', o.id, s.id, s.due_since, o.goods_amount, o.discount_amount, 0,
  o.freight_amount, 0, 0, 0, o.payable_amount - o.goods_amount + o.discount_amount - o.freight_amount, o.payable_amount, ''
FROM orders_settlement s JOIN orders_order o ON o.id = s.order_id
WHERE s.state = 'open' AND s.due_since < %(end)s AND o.shop_id = %(shop)s
  AND NOT EXISTS (SELECT FROM orders_settlementrow r WHERE r.settlement_id = s.id)
ORDER BY s.id
"""
# A refund waits until its order has ended: before that, neither the money in nor the money out is earned or lost.
_REFUNDS = """
INSERT INTO orders_settlementrow (batch_id, kind, order_id, refund_id, at, goods, shop_discount, platform_discount,
  freight, prepaid, refunds, compensation, adjustment, amount, note)
SELECT %(batch)s, CASE WHEN made_good THEN 'compensation' ELSE 'refund' END, order_id, id, at, 0, 0, 0,
  0, before, CASE WHEN made_good THEN 0 ELSE amount END, CASE WHEN made_good THEN amount ELSE 0 END, 0, before - amount, ''
FROM (
  SELECT f.id, f.order_id, f.amount, f.source = 'compensation' AS made_good,
    CASE o.status WHEN 'cancelled' THEN f.amount ELSE 0 END AS before,
    greatest(f.paid_at, o.completed_at, o.cancelled_at) AS at
  FROM orders_refund f JOIN orders_order o ON o.id = f.order_id
  WHERE f.state = 'succeeded' AND o.shop_id = %(shop)s AND NOT o.is_test AND o.status IN ('completed', 'cancelled')
    AND NOT EXISTS (SELECT FROM orders_settlementrow r WHERE r.refund_id = f.id)
) AS due WHERE at < %(end)s
ORDER BY id
"""
_SUBSIDIES = """
UPDATE orders_settlementrow r SET platform_discount = l.subsidy,
  shop_discount = r.shop_discount + r.platform_discount - l.subsidy,
  amount = r.amount - r.platform_discount + l.subsidy
FROM orders_statementline l JOIN orders_order o ON o.external_id = l.external_id
WHERE l.batch_id = %(batch)s AND r.batch_id = %(batch)s AND r.order_id = o.id AND r.kind = 'sale'
  AND l.subsidy BETWEEN 0 AND r.shop_discount + r.platform_discount AND l.subsidy <> r.platform_discount
"""


def gather(batch: SettlementBatch, *, end: datetime) -> None:
    """Take everything into the settlement that ended before `end` and stands in no other. SOP: O15"""
    given: dict[str, int | datetime] = {"batch": batch.pk, "shop": batch.shop_id, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(_SALES, given)
        cursor.execute(_REFUNDS, given)
    add_up(batch)


def take_subsidies(batch: SettlementBatch) -> None:
    """Move the part of each discount that the statement says the platform bears to its side; never more than there is."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBSIDIES, {"batch": batch.pk})


def add_up(batch: SettlementBatch, **columns: object) -> None:
    """Write the totals, which are the sums of the rows, and other columns along with them."""
    sums = SettlementRow.objects.filter(batch=batch).aggregate(**{name: Sum(name) for name in SUMS})
    columns |= {name: total or Decimal("0.00") for name, total in sums.items()}
    SettlementBatch.objects.filter(pk=batch.pk).update(**columns)
    for name, content in columns.items():
        setattr(batch, name, content)
