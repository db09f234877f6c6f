"""Reading the designers' desk."""

from collections.abc import Sequence

from catalog.models import BriefDelivery, DesignBrief, ListingRevision
from catalog.queries.media.usage import writable_listings
from catalog.rules.media.lifecycle import OPEN
from opsdesk.common.actors import Actor

SHOWN = 200


def queue() -> Sequence[DesignBrief]:
    """The briefs that are not finished, the earliest due first."""
    briefs = DesignBrief.objects.filter(state__in=OPEN).select_related("standard", "designer", "product")
    return list(briefs.order_by("due_by", "id")[:SHOWN])


def deliveries_of(brief: DesignBrief) -> Sequence[BriefDelivery]:
    """All versions, the newest first, with their images."""
    return list(brief.deliveries.select_related("asset").order_by("-no"))


def draft_for(brief: DesignBrief, actor: Actor) -> ListingRevision | None:
    """The listing of the brief's product that is being written, when the actor may write it."""
    if brief.product_id is None or not actor.can("catalog.change_listingrevision"):
        return None
    return writable_listings(actor).filter(product=brief.product_id).first()
