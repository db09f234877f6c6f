"""Opening a page of a shop and writing its versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.enums.pages import PageKind
from catalog.models import ContentPage, PageVersion
from catalog.rules.media.wording import shas_in
from catalog.rules.pages.blocks import Block, block_as_json, page_hash
from catalog.rules.pages.lifecycle import OPEN
from catalog.services.pages import steps
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, NotFound, Stale
from opsdesk.common.text import mark
from opsdesk.reviews import services as reviews
from opsdesk.shops.queries import visible_to

PAGE_KIND = "page"
MOST_BLOCKS = 50

__all__ = ["Block", "change_address", "create_page", "write_version"]


@transaction.atomic
def create_page(
    *, shop_code: str, kind: str, slug: str, title: str, address: str = "", actor: Actor, now: datetime
) -> ContentPage:
    """Open a page of a shop; it has no content yet.

    Raises: Forbidden, NotFound (the shop), Invalid (unknown kind), Conflict (there is one already).
    SOP: C25
    """
    actor.require("catalog.add_contentpage")
    shop = visible_to(actor).filter(code=shop_code).first()
    if shop is None:
        raise NotFound(mark("There is no such shop."))
    if kind not in PageKind.values:
        raise Invalid(mark("There is no such kind of page."), code="unknown_kind")
    page, created = ContentPage.objects.get_or_create(
        shop=shop, kind=kind, slug=slug, defaults={"title": title, "address": address}
    )
    if not created:
        raise Conflict(mark("The shop has this page already."), code="duplicate_page")
    after = {"kind": kind, "slug": slug, "title": title}
    record(Change("pages.created", PAGE_KIND, page.public_id, shop=shop.code, after=after), actor=actor, now=now)
    return page


@transaction.atomic
def change_address(*, page_id: int, address: str, actor: Actor, now: datetime) -> ContentPage:
    """Say where customers see the page, so that its load speed can be measured there. Raises: NotFound, Forbidden. SOP: C25"""
    page = steps.lock_page(page_id, actor)
    actor.require("catalog.change_contentpage")
    before = page.address
    ContentPage.objects.filter(pk=page.pk).update(address=address)
    change = Change(
        "pages.address", PAGE_KIND, page.public_id, shop=page.shop.code, before={"address": before}, after={"address": address}
    )
    record(change, actor=actor, now=now)
    return page


@transaction.atomic
def write_version(
    *, page_id: int, version: int | None, title: str, blocks: Sequence[Block], actor: Actor, now: datetime
) -> PageVersion:
    """Write the page's open version anew, or begin one; whatever was judged is a draft again.

    `version` is the row version that the writer saw, None to begin one.
    Raises: NotFound, Forbidden, Stale (somebody else wrote meanwhile), Invalid (too many blocks).
    SOP: C25
    """
    page = steps.lock_page(page_id, actor)
    actor.require("catalog.change_contentpage")
    if len(blocks) > MOST_BLOCKS:
        raise Invalid(mark("At most %(limit)s blocks."), code="too_many_items", limit=MOST_BLOCKS)
    found = PageVersion.objects.filter(page=page, state__in=OPEN).first()
    if (found.version if found else None) != version:
        raise Stale()
    content: dict[str, Any] = {
        "title": title,
        "blocks": [block_as_json(block) for block in blocks],
        "asset_shas": shas_in(block.image for block in blocks),
        "content_hash": page_hash(title, blocks),
    }
    if found is None:
        return _begin(page, content, actor, now)
    open_version = steps.lock_version(found.pk, actor)
    step = steps.enter(open_version, "edit", actor)
    reviews.withdraw(kind=steps.KIND, subject_id=open_version.public_id)
    editors = sorted({*open_version.editor_ids, *([actor.staff_id] if actor.staff_id else [])})
    columns: dict[str, Any] = {"last_editor_id": actor.staff_id, "editor_ids": editors, "approved_hash": "", "swap_at": None}
    steps.move(open_version, step, actor=actor, now=now, **content, **columns)
    return open_version


def _begin(page: ContentPage, content: dict[str, Any], actor: Actor, now: datetime) -> PageVersion:
    last = PageVersion.objects.filter(page=page).aggregate(last=Max("no"))["last"] or 0
    version = PageVersion.objects.create(
        page=page,
        no=last + 1,
        author_id=actor.staff_id,
        author_label=actor.label,
        last_editor_id=actor.staff_id,
        editor_ids=[actor.staff_id] if actor.staff_id else [],
        **content,
    )
    ContentPage.objects.filter(pk=page.pk).update(latest_version=version)
    change = Change("pages.drafted", steps.KIND, version.public_id, shop=page.shop.code, after={"no": version.no})
    record(change, actor=actor, now=now)
    version.refresh_from_db(fields=["version"])
    return version
