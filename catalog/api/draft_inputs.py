"""What POST product-drafts/ accepts. Only the code is required: whatever else is missing comes back as an issue."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from catalog.enums.listings import ImageKind
from catalog.rules.content import ImageContent, ListingContent, SkuContent
from catalog.services.drafts import Update
from opsdesk.doors.api.fields import Amount, Input, Line, Paragraph

MAX_SKUS, MAX_IMAGES, MAX_TEXTS, MAX_SPEC, MAX_SHOPS = 200, 30, 20, 100, 100
MAX_PIXELS = 100_000


def _as_list(value: Any) -> Any:
    """One text stands for a list of one; an empty one for none."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


def _as_text(value: Any) -> Any:
    """A number in a specification is kept as it is written."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _as_image(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


Texts = Annotated[list[Annotated[str, Line(200)]], BeforeValidator(_as_list), Field(max_length=MAX_TEXTS)]
Attributes = Annotated[
    dict[Annotated[str, Line(60)], Annotated[str, BeforeValidator(_as_text), Line(500, blank=True)]], Field(max_length=MAX_SPEC)
]
Pixels = Annotated[int, Field(ge=1, le=MAX_PIXELS)]


ChangeKinds = Literal["style", "function", "packaging", "other"]


class ImageInput(Input):
    """A picture by its address. Without a kind, the first one is the main image."""

    url: Annotated[str, Line(500), Field(pattern=r"^https?://[^\s/]+\S*$")]
    kind: Literal[ImageKind.MAIN, ImageKind.DETAIL] | None = None
    width: Pixels | None = None
    height: Pixels | None = None

    def to_content(self, position: int) -> ImageContent:
        kind = self.kind or (ImageKind.DETAIL if position else ImageKind.MAIN)
        return ImageContent(self.url, str(kind), self.width, self.height)


class SkuInput(Input):
    sku: Annotated[str, Line(60)]
    barcode: Annotated[str, Line(14, blank=True), Field(pattern=r"^[0-9]*$")] = ""
    options: Attributes = {}
    cost: Amount | None = None
    price: Amount | None = None
    discount_price: Amount | None = None
    member_price: Amount | None = None
    competitor_price: Amount | None = None
    alert_threshold: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class DraftInput(Input):
    """A product as a supplier or an ERP system describes it. `category` is a code, or the path of codes or names."""

    code: Annotated[str, Line(60)]
    title: Annotated[str, Line(120, blank=True)] = ""
    core_keyword: Annotated[str, Line(60, blank=True)] = ""
    category: Annotated[list[Annotated[str, Line(60)]], BeforeValidator(_as_list), Field(max_length=3)] = []
    supplier: Annotated[str, Line(120, blank=True)] = ""
    brand: Annotated[str, Line(60, blank=True)] = ""
    model_no: Annotated[str, Line(60, blank=True)] = ""
    spec: Attributes = {}
    selling_points: Texts = []
    use_scenarios: Texts = []
    usage: Annotated[str, Paragraph(2000)] = ""
    precautions: Annotated[str, Paragraph(2000)] = ""
    detail: Annotated[str, Paragraph(20_000)] = ""
    images: Annotated[list[Annotated[ImageInput, BeforeValidator(_as_image)]], Field(max_length=MAX_IMAGES)] = []
    commitments: Annotated[list[Annotated[str, Line(60)]], BeforeValidator(_as_list), Field(max_length=MAX_TEXTS)] = []
    tags: Annotated[list[Annotated[str, Line(40)]], BeforeValidator(_as_list), Field(max_length=MAX_TEXTS)] = []
    shops: Annotated[list[Annotated[str, Line(40)]], Field(max_length=MAX_SHOPS)] | None = None
    skus: Annotated[list[SkuInput], Field(max_length=MAX_SKUS)] = []
    change_kinds: Annotated[list[ChangeKinds], Field(max_length=4)] | None = None
    change_reason: Annotated[str, Line(500, blank=True)] | None = None

    @property
    def update(self) -> Update | None:
        """What the revision changes and why, where it says so. SOP: C21"""
        if self.change_kinds is None and self.change_reason is None:
            return None
        return Update(tuple(self.change_kinds or ()), self.change_reason or "")

    def to_content(self, category_code: Callable[[Sequence[str]], str], default_shops: Sequence[str]) -> ListingContent:
        """The input as what the service takes."""
        named = ("title", "core_keyword", "supplier", "brand", "model_no", "usage", "precautions", "detail")
        shops = default_shops if self.shops is None else tuple(dict.fromkeys(self.shops))
        return ListingContent(
            **{name: getattr(self, name) for name in named},
            category=category_code(self.category),
            spec=dict(self.spec),
            selling_points=tuple(self.selling_points),
            use_scenarios=tuple(self.use_scenarios),
            tags=tuple(dict.fromkeys(self.tags)),
            commitments=tuple(dict.fromkeys(self.commitments)),
            shops=tuple(shops),
            images=tuple(image.to_content(position) for position, image in enumerate(self.images)),
            skus=tuple(SkuContent(**dict(sku)) for sku in self.skus),
        )
