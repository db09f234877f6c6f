"""Putting an image of the library on a listing."""

from dataclasses import replace
from datetime import datetime

from catalog.enums.listings import ImageKind
from catalog.enums.media import AssetState
from catalog.models import MediaAsset
from catalog.queries.listings import content_of
from catalog.queries.media.usage import writable_listings
from catalog.rules.content import ImageContent
from catalog.rules.media.lifecycle import ASSET_STEPS
from catalog.rules.media.wording import path_of, sha_in
from catalog.services.drafts import Draft, edit_draft
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, NotFound
from opsdesk.common.text import mark

MAX_IMAGES = 30


def place_on_listing(*, asset_id: int, listing: str, kind: ImageKind, origin: str, actor: Actor, now: datetime) -> Draft:
    """Put an image on a listing that is being written, with its address and its real size; a main image goes first.

    `origin` is the scheme and host at which storefronts reach opsdesk.
    Raises: NotFound, Forbidden, IllegalTransition, Conflict (it is there already, the listing is full), Stale.
    SOP: C6
    """
    asset = MediaAsset.objects.filter(pk=asset_id).first()
    revision = writable_listings(actor).filter(public_id=listing).first()
    if asset is None or revision is None:
        raise NotFound()
    ASSET_STEPS.enter("place", AssetState(asset.state), actor)
    content = content_of(revision)
    if any(sha_in(image.url) == asset.sha256 for image in content.images):
        raise Conflict(mark("The listing shows this image already."), code="already_placed")
    if len(content.images) >= MAX_IMAGES:
        raise Conflict(mark("A listing shows at most %(limit)s images."), code="too_many_images", limit=MAX_IMAGES)
    image = ImageContent(address(asset, origin), kind, asset.width, asset.height)
    images = (image, *content.images) if kind == ImageKind.MAIN else (*content.images, image)
    return edit_draft(
        revision_id=revision.pk, version=revision.version, content=replace(content, images=images), actor=actor, now=now
    )


def address(asset: MediaAsset, origin: str) -> str:
    """The address under which storefronts fetch the image."""
    return origin.rstrip("/") + path_of(asset.sha256, asset.format)
