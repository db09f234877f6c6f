"""Putting an image of the library on a page."""

from datetime import datetime

from catalog.enums.media import AssetState
from catalog.models import MediaAsset, PageVersion
from catalog.queries.pages import base_of, blocks_of, writable_pages
from catalog.rules.media.lifecycle import ASSET_STEPS
from catalog.rules.media.wording import sha_in
from catalog.rules.pages.lifecycle import OPEN
from catalog.rules.pages.placing import Spot, with_image
from catalog.services.media.placing import address
from catalog.services.pages.writing import write_version
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, NotFound, Stale
from opsdesk.common.text import mark


def place_on_page(*, asset_id: int, spot: Spot, image_alt: str, origin: str, actor: Actor, now: datetime) -> PageVersion:
    """Put an image on a page's draft; a page without one gets its next version, begun from what is live.

    `origin` is the scheme and host at which storefronts reach opsdesk.
    Raises: NotFound (also a page that is being judged), Forbidden, IllegalTransition, Stale (the page says something
    else by now), Conflict (the image is there already), Invalid (the page is full).
    SOP: C25
    """
    asset = MediaAsset.objects.filter(pk=asset_id).first()
    page = writable_pages(actor).filter(public_id=spot.page).first()
    if asset is None or page is None:
        raise NotFound()
    ASSET_STEPS.enter("place_on_page", AssetState(asset.state), actor)
    base = base_of(page)
    if (base.content_hash if base else "") != spot.seen:
        raise Stale()
    before = blocks_of(base) if base else []
    blocks = with_image(before, spot.place, image=address(asset, origin), image_alt=image_alt)
    if [sha_in(block.image) for block in blocks] == [sha_in(block.image) for block in before]:
        raise Conflict(mark("The block shows this image already."), code="already_placed")
    version = base.version if base and base.state in OPEN else None
    title = base.title if base else page.title
    return write_version(page_id=page.pk, version=version, title=title, blocks=blocks, actor=actor, now=now)
