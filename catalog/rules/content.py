"""What a listing says: the content that is written, checked, judged, pinned by its hash and published. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class SkuContent:
    """One SKU of a listing. `competitor_price` is what others ask; it is compared, never published."""

    sku: str
    price: Decimal | None = None
    cost: Decimal | None = None
    discount_price: Decimal | None = None
    member_price: Decimal | None = None
    competitor_price: Decimal | None = None
    barcode: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    alert_threshold: int | None = None


@dataclass(frozen=True)
class ImageContent:
    """One picture by its address, with its size in pixels where that is known."""

    url: str
    kind: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class ListingContent:
    """All that a listing says. `category` and `shops` are codes; an empty `supplier` means self-collected.

    SOP: C3, C5
    """

    title: str = ""
    core_keyword: str = ""
    category: str = ""
    supplier: str = ""
    brand: str = ""
    model_no: str = ""
    spec: Mapping[str, str] = field(default_factory=dict)
    selling_points: Sequence[str] = ()
    use_scenarios: Sequence[str] = ()
    usage: str = ""
    precautions: str = ""
    detail: str = ""
    tags: Sequence[str] = ()
    commitments: Sequence[str] = ()
    shops: Sequence[str] = ()
    images: Sequence[ImageContent] = ()
    skus: Sequence[SkuContent] = ()


def content_hash(content: ListingContent) -> str:
    """The SHA-256 of the content in one canonical form: equal content, equal hash; a changed letter, another one.

    SOP: C13
    """
    text = json.dumps(asdict(content), default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sku_as_json(sku: SkuContent) -> dict[str, Any]:
    """The SKU as it is kept in JSON; amounts are text with two decimals."""
    return {name: _plain(value) if isinstance(value, Decimal) else value for name, value in asdict(sku).items()}


def sku_from_json(data: Mapping[str, Any]) -> SkuContent:
    """The SKU out of its JSON form."""
    amounts = ("price", "cost", "discount_price", "member_price", "competitor_price")
    values: dict[str, Any] = {name: Decimal(v) if name in amounts and v is not None else v for name, v in data.items()}
    return SkuContent(**values)


def _plain(value: Any) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no content")
    return f"{value:.2f}"


def in_words(options: Mapping[str, str]) -> str:
    """The options of a SKU as people read them, such as "colour: red, size: M"."""
    return ", ".join(f"{name}: {text}" for name, text in options.items())
