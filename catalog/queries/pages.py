"""Reads of store pages."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from catalog.enums.media import ImagePlace
from catalog.enums.pages import PageKind, PageReviewState, PageState
from catalog.models import BannedWord, ContentPage, PageMeasurement, PageReview, PageVersion, Product
from catalog.parameters.pages import PAGE_REQUESTS, PAGE_SECONDS, PAGE_SIZE
from catalog.queries.media.standards import demand_at, offered
from catalog.rules.findings import Finding
from catalog.rules.pages.blocks import Block, PageFacts, block_from_json, page_problems
from catalog.rules.pages.lifecycle import OPEN
from catalog.rules.pages.speed import SpeedLimits, Weight, load_problem, speed_problems
from catalog.rules.wording import Word
from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value


def pages_for(actor: Actor) -> QuerySet[ContentPage]:
    """The pages of the actor's shops."""
    pages = ContentPage.objects.all()
    return pages if actor.shop_ids is None else pages.filter(shop__in=actor.shop_ids)


def versions_for(actor: Actor) -> QuerySet[PageVersion]:
    """The versions of those pages."""
    versions = PageVersion.objects.select_related("page__shop")
    return versions if actor.shop_ids is None else versions.filter(page__shop__in=actor.shop_ids)


def blocks_of(version: PageVersion) -> list[Block]:
    """What the version says."""
    return [block_from_json(data) for data in version.blocks]


def writable_pages(actor: Actor) -> QuerySet[ContentPage]:
    """The actor's pages that may be written without taking them out of somebody's hands, the last written first."""
    busy = (PageState.IN_REVIEW, PageState.APPROVED)
    pages = pages_for(actor).select_related("shop", "latest_version", "live_version")
    return pages.exclude(latest_version__state__in=busy).order_by(F("latest_version").desc(nulls_last=True), "-id")


def base_of(page: ContentPage) -> PageVersion | None:
    """What writing on the page begins with: its open version, else the live one."""
    newest = page.latest_version
    return newest if newest and newest.state in OPEN else page.live_version


def problems_of(version: PageVersion) -> list[Finding]:
    """All that is wrong with the version now. SOP: C25"""
    blocks = blocks_of(version)
    codes = {code for block in blocks for code in block.products}
    page = version.page
    place = ImagePlace.CAMPAIGN if page.kind == PageKind.CAMPAIGN else ImagePlace.PAGE
    facts = PageFacts(
        _words(),
        on_sale_in(page.shop_id, codes),
        offered(version.asset_shas),
        demand_at(page.shop.platform, place),
    )
    return page_problems(version.title, blocks, facts)


def on_sale_in(shop_id: int, codes: Iterable[str]) -> frozenset[str]:
    """Which of these product codes are on sale in the shop."""
    sold = Product.objects.filter(code__in=codes, status="live", offers__shop=shop_id)
    return frozenset(sold.values_list("code", flat=True))


def hash_of(version_id: int) -> str:
    """The hash of what the version says now."""
    return str(PageVersion.objects.values_list("content_hash", flat=True).get(pk=version_id))


def open_look(slug: str) -> int:
    """The review that a page waits for, by the page's name in its address."""
    return PageReview.objects.values_list("pk", flat=True).get(page__slug=slug, state=PageReviewState.PENDING)


def newest_measurement(page: ContentPage) -> PageMeasurement | None:
    """How the page loaded last."""
    return page.measurements.order_by("-at", "-id").first()


def slow_points(measured: PageMeasurement | None) -> list[Finding]:
    """What makes the page slow by the limits of today, or why it did not load at all. SOP: C25"""
    if measured is None:
        return []
    if measured.time is None:
        return [load_problem(measured.failure)]
    limits = SpeedLimits(value(PAGE_SIZE), value(PAGE_REQUESTS), value(PAGE_SECONDS))
    return list(speed_problems(Weight(measured.size, measured.requests, measured.time), limits))


def _words() -> list[Word]:
    """The words that no page may use: those that hold in every category."""
    rows = BannedWord.objects.filter(is_active=True, category=None).order_by("id")
    columns = ("word", "severity", "kind", "allow_phrases")
    return [Word(text, severity, kind, tuple(phrases)) for text, severity, kind, phrases in rows.values_list(*columns)]
