"""Opening shops."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.shops.models import Shop


@transaction.atomic
def create_shop(*, code: str, name: str, platform: str, currency: str = "CNY", actor: Actor, now: datetime) -> Shop:
    """Open a shop.

    Raises: Forbidden.
    SOP: G17
    """
    actor.require("shops.add_shop")
    shop = Shop.objects.create(code=code, name=name, platform=platform, currency=currency)
    record(Change("shops.created", "shop", code, shop=code, after={"name": name, "platform": platform}), actor=actor, now=now)
    return shop
