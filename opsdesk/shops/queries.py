"""Finding shops."""

from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from opsdesk.shops.models import Shop


def visible_to(actor: Actor) -> QuerySet[Shop]:
    """The shops whose business the actor may see, by code."""
    shops = Shop.objects.order_by("code")
    return shops if actor.shop_ids is None else shops.filter(pk__in=actor.shop_ids)
