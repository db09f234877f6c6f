"""Store pages."""

from catalog.models import ContentPage, PageVersion
from catalog.queries.pages import blocks_of
from catalog.rules.pages.blocks import Block
from catalog.services.pages import judging, swapping
from catalog.services.pages.writing import create_page, write_version
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict
from tests.builders.accounts import an_actor
from tests.builders.times import NOW

BANNER = Block("banner", image="https://img.example.com/1.webp", image_alt="保温杯", link="/cups")


def a_page(slug: str = "home", *, shop: str = "tmall-01", kind: str = "home", address: str = "") -> ContentPage:
    """A page without content."""
    return create_page(shop_code=shop, kind=kind, slug=slug, title="首页", address=address, actor=SYSTEM, now=NOW)


def a_page_draft(page: ContentPage | None = None, *blocks: Block, actor: Actor | None = None) -> PageVersion:
    """A draft that a designer wrote."""
    page, writer = page or a_page(), actor or an_actor(Role.DESIGNER)
    return write_version(page_id=page.pk, version=None, title="首页", blocks=blocks or [BANNER], actor=writer, now=NOW)


def an_approved_page(page: ContentPage | None = None, *blocks: Block) -> PageVersion:
    """A version that the operations supervisor approved."""
    version = judging.submit(version_id=a_page_draft(page, *blocks).pk, actor=SYSTEM, now=NOW)
    verdict = Verdict(ReviewState.APPROVED, version.content_hash)
    return judging.decide(version_id=version.pk, verdict=verdict, actor=an_actor(Role.OPERATIONS_SUPERVISOR), now=NOW)


def a_live_page(page: ContentPage | None = None, *blocks: Block) -> PageVersion:
    """A version that customers see."""
    return swapping.publish(version_id=an_approved_page(page, *blocks).pk, actor=SYSTEM, now=NOW)


def first_text(version: PageVersion) -> str:
    """The text of the version's first block."""
    return blocks_of(version)[0].text
