"""GET pages/, pages/{id}/: what the pages of the shops show now."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet

from catalog.enums.pages import PageKind
from catalog.models import ContentPage
from catalog.queries.pages import blocks_of, pages_for
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.doors.api.fields import Output
from opsdesk.doors.api.filters import ShopFilter
from opsdesk.doors.api.views import DetailView, ListView


class BlockOutput(Output):
    kind: str
    heading: str
    text: str
    image: str
    image_alt: str
    link: str
    products: list[str]


class PageOutput(Output):
    """A page with its live version; `version_no` counts the versions of this page."""

    id: str
    shop: str
    kind: str
    slug: str
    title: str
    version_no: int
    blocks: list[BlockOutput]
    published_at: datetime | None
    updated_at: datetime
    version: int


class PageFilter(django_filters.FilterSet):
    """`shop`, `kind` and `slug` are exact."""

    shop = ShopFilter()
    kind = django_filters.ChoiceFilter(choices=PageKind.choices)
    slug = django_filters.CharFilter()
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ContentPage
        fields: list[str] = []


def _live(actor: Actor) -> QuerySet[ContentPage]:
    return pages_for(actor).filter(live_version__isnull=False).select_related("shop", "live_version")


def _output(page: ContentPage) -> PageOutput:
    version = page.live_version
    assert version is not None
    return PageOutput(
        id=page.public_id,
        shop=page.shop.code,
        kind=page.kind,
        slug=page.slug,
        title=version.title,
        version_no=version.no,
        blocks=[BlockOutput(**{**vars(block), "products": list(block.products)}) for block in blocks_of(version)],
        published_at=version.published_at,
        updated_at=page.updated_at,
        version=page.version,
    )


class PageCollection(ListView):
    """The pages that are live, newest first."""

    permission = "catalog.view_contentpage"
    returns, filterset = PageOutput, PageFilter

    def rows(self, actor: Actor) -> QuerySet[ContentPage]:
        return _live(actor)

    def render(self, rows: list[ContentPage]) -> list[Any]:
        return [_output(page) for page in rows]


class PageDetail(DetailView):
    """One live page by ``pag_...``."""

    permission = "catalog.view_contentpage"
    returns = PageOutput

    def read(self, actor: Actor, **kwargs: Any) -> PageOutput:
        page = _live(actor).filter(public_id=kwargs["key"]).first()
        if page is None:
            raise NotFound()
        return _output(page)
