"""Opening shops, and changing how they are run."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from opsdesk.shops.models import Shop

KIND = "shop"
SETTINGS = ("name", "platform", "is_open", "short_stock_policy", "auto_confirm", "round_desk")


@transaction.atomic
def create_shop(*, code: str, name: str, platform: str, currency: str = "CNY", actor: Actor, now: datetime) -> Shop:
    """Open a shop.

    Raises: Forbidden.
    SOP: G17
    """
    actor.require("shops.add_shop")
    shop = Shop.objects.create(code=code, name=name, platform=platform, currency=currency)
    note_opened(shop, actor=actor, now=now)
    return shop


@transaction.atomic
def change_shop(*, shop_id: int, settings: Mapping[str, Any], actor: Actor, now: datetime) -> Shop:
    """Change a shop's name, platform and policies: whether it is open, what intake does when stock is short, who checks.

    What it was before and what it is now stand in the trail. Orders that are in already stay as they are.
    Raises: NotFound, Forbidden.
    SOP: O2, G17
    """
    actor.require("shops.change_shop")
    shop = lock_one(Shop.objects.filter(pk=shop_id))
    changed = {name: settings[name] for name in SETTINGS if name in settings and settings[name] != getattr(shop, name)}
    if not changed:
        return shop
    before = {name: getattr(shop, name) for name in changed}
    for name, setting in changed.items():
        setattr(shop, name, setting)
    shop.save(update_fields=list(changed))
    record(Change("shops.changed", KIND, shop.code, shop=shop.code, before=before, after=changed), actor=actor, now=now)
    return shop


def note_opened(shop: Shop, *, actor: Actor, now: datetime) -> None:
    """Put the opening of a shop on record. SOP: G17"""
    after = {"name": shop.name, "platform": shop.platform}
    record(Change("shops.created", KIND, shop.code, shop=shop.code, after=after), actor=actor, now=now)
