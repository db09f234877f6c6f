"""How a listing's content is kept: as columns of its revision, with tags and commitments by their labels."""

from dataclasses import replace
from typing import Any

from catalog.queries.entry.vocabulary import Vocabulary, read_labels
from catalog.queries.listing_facts import completeness_of
from catalog.rules.content import ListingContent, content_hash, sku_as_json
from catalog.rules.entry.labels import by_label
from catalog.rules.media.wording import shas_in
from catalog.rules.wording import normalised
from opsdesk.common.actors import Actor

_PLAIN = ("title", "core_keyword", "supplier", "brand", "model_no", "usage", "precautions", "detail")


def canonical(content: ListingContent, vocabulary: Vocabulary | None = None) -> ListingContent:
    """The same tag is the same text, whether it was named by its code or by its label."""
    labels = vocabulary.labels if vocabulary else read_labels()
    tags, commitments = by_label(content.tags, labels.tags), by_label(content.commitments, labels.commitments)
    return replace(content, tags=tags, commitments=commitments)


def columns_of(content: ListingContent) -> dict[str, Any]:
    """The content as columns of a revision."""
    return {
        **{name: getattr(content, name) for name in _PLAIN},
        "title_key": normalised(content.title),
        "category_code": content.category,
        "spec": dict(content.spec),
        "selling_points": list(content.selling_points),
        "use_scenarios": list(content.use_scenarios),
        "tags": list(content.tags),
        "commitments": list(content.commitments),
        "shop_codes": list(content.shops),
        "images": [vars(image) for image in content.images],
        "skus": [sku_as_json(sku) for sku in content.skus],
        "sku_codes": [sku.sku for sku in content.skus],
        "barcodes": sorted({sku.barcode for sku in content.skus if sku.barcode}),
        "completeness": completeness_of(content).percent,
        "asset_shas": shas_in(image.url for image in content.images),
        "content_hash": content_hash(content),
    }


def with_editor(actor: Actor, editors: list[int]) -> list[int]:
    """The people who wrote it, the actor among them; a client of REST is no person."""
    return sorted({*editors, *([actor.staff_id] if actor.staff_id else [])})
