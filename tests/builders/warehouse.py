"""The warehouse's rules."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from catalog.models import Sku, Warehouse
from catalog.services.setup import serve_shop
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop
from orders.models import AllocationRule, GiftRule, PackingRule
from orders.services.fulfilment.rulebook import save_rule
from tests.builders.catalog import a_warehouse
from tests.builders.times import NOW


def a_second_warehouse(shop: Shop, code: str = "hz-01") -> Warehouse:
    """A warehouse that serves the shop after its first one."""
    warehouse = a_warehouse(code)
    serve_shop(shop=shop, warehouse=warehouse, rank=2, actor=SYSTEM, now=NOW)
    return warehouse


def an_allocation_rule(warehouse: Warehouse, *, priority: int = 1, **fields: Any) -> AllocationRule:
    """A rule that serves everybody from this warehouse."""
    rule = AllocationRule(name=f"{warehouse.code} {priority}", priority=priority, warehouse=warehouse, **fields)
    save_rule(rule=rule, actor=SYSTEM, now=NOW)
    return rule


def a_gift_rule(gift: Sku, **fields: Any) -> GiftRule:
    """One gift for orders worth 100 or more, in the week around NOW."""
    week = timedelta(days=7)
    facts = {"name": "over 100", "spend_from": Decimal("100.00"), "valid_from": NOW - week, "valid_until": NOW + week}
    rule = GiftRule(gift=gift, **(facts | fields))
    save_rule(rule=rule, actor=SYSTEM, now=NOW)
    return rule


def a_packing_rule(**fields: Any) -> PackingRule:
    """What a SKU or a category needs."""
    rule = PackingRule(**fields)
    save_rule(rule=rule, actor=SYSTEM, now=NOW)
    return rule
