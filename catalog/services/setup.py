"""Warehouses and categories: what has to stand before anything is sold."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.models import Category, ShopWarehouse, Warehouse
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.shops.models import Shop


@transaction.atomic
def create_warehouse(*, code: str, name: str, region: str, actor: Actor, now: datetime) -> Warehouse:
    """Open a warehouse. Raises: Forbidden."""
    actor.require("catalog.add_warehouse")
    warehouse = Warehouse.objects.create(code=code, name=name, region=region)
    record(Change("catalog.warehouse_created", "warehouse", code, after={"name": name}), actor=actor, now=now)
    return warehouse


@transaction.atomic
def serve_shop(*, shop: Shop, warehouse: Warehouse, rank: int, actor: Actor, now: datetime) -> None:
    """Let a warehouse serve a shop; the lowest rank is tried first. Raises: Forbidden. SOP: O8"""
    actor.require("catalog.change_warehouse")
    ShopWarehouse.objects.update_or_create(shop=shop, warehouse=warehouse, defaults={"rank": rank})
    record(
        Change("catalog.warehouse_serves", "warehouse", warehouse.code, shop=shop.code, after={"rank": rank}),
        actor=actor,
        now=now,
    )


@transaction.atomic
def create_category(*, code: str, name: str, parent: Category | None, actor: Actor, now: datetime) -> Category:
    """Add a category below its parent. Raises: Forbidden. SOP: C7"""
    actor.require("catalog.add_category")
    level = parent.level + 1 if parent else 1
    category = Category.objects.create(code=code, name=name, parent=parent, level=level)
    record(Change("catalog.category_created", "category", code, after={"level": level}), actor=actor, now=now)
    return category


@transaction.atomic
def category_path(*, path: Sequence[tuple[str, str]], actor: Actor, now: datetime) -> Category:
    """The category at the end of a path of (code, name), with whatever is missing of it. Raises: Forbidden. SOP: C7"""
    found: Category | None = None
    for code, name in path:
        known = Category.objects.filter(code=code).first()
        found = known or create_category(code=code, name=name, parent=found, actor=actor, now=now)
    assert found
    return found
