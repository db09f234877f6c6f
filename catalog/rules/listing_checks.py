"""Every check of a listing at once, so that the author sees all problems and not one after the other. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from catalog.enums.listings import WordKind
from catalog.rules.completeness import (
    CategoryFacts,
    Elsewhere,
    category_problems,
    duplicates,
    image_problems,
    keyword_in_title,
    missing_fields,
)
from catalog.rules.content import ListingContent
from catalog.rules.entry.barcodes import barcode_problems
from catalog.rules.entry.claims import Claim, find_claims
from catalog.rules.entry.labels import Labels, label_problems
from catalog.rules.entry.likeness import image_likeness, title_likeness
from catalog.rules.entry.waivers import WaiverKey, settle
from catalog.rules.findings import Finding
from catalog.rules.media.standards import ImageFacts
from catalog.rules.pricing import price_problems
from catalog.rules.wording import Word, find_words
from opsdesk.common.text import mark


@dataclass(frozen=True)
class Facts:
    """What the checks must know beside the content itself. `target_percent` is the gross margin to be earned."""

    category: CategoryFacts | None
    target_percent: int
    words: Sequence[Word] = ()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    margin_waived: bool = False
    claims: Sequence[Claim] = ()
    labels: Labels = field(default_factory=Labels)
    waived: Collection[WaiverKey] = ()
    images: ImageFacts = field(default_factory=ImageFacts)


def check(content: ListingContent, facts: Facts) -> list[Finding]:
    """All that is wrong with a listing.

    SOP: C4, C5, C7, C8, C9, C10, C13
    """
    findings = [
        *missing_fields(content),
        *keyword_in_title(content),
        *category_problems(content, facts.category),
        *image_problems(content, facts.images),
        *price_problems(content, target_percent=facts.target_percent, waived=facts.margin_waived),
        *label_problems("tags", content.tags, facts.labels.tags),
        *label_problems("commitments", content.commitments, facts.labels.commitments),
        *barcode_problems(content, facts.elsewhere.barcodes),
        *duplicates(content, facts.elsewhere),
        *title_likeness(facts.elsewhere.alike),
        *image_likeness(content, facts.elsewhere.images),
        *word_problems(content, facts.words),
        *claim_problems(content, facts.claims),
    ]
    return settle(findings, facts.waived)


def word_problems(content: ListingContent, words: Sequence[Word]) -> Iterator[Finding]:
    """Banned words and false claims in any text that customers read; each word once a field. SOP: C13"""
    for pointer, text in _texts(content):
        for word in dict.fromkeys(hit.word for hit in find_words(text, words)):
            message = (
                mark("“%(word)s” is a claim that must not be made.")
                if word.kind == WordKind.FALSE_CLAIM
                else mark("“%(word)s” must not be used.")
            )
            params = {"word": word.text}
            yield Finding(str(word.kind), pointer, message, params, word.severity, word.may_override)


def claim_problems(content: ListingContent, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Forbidden manners of claiming in any text that customers read; each once a field. SOP: C13"""
    for pointer, text in _texts(content):
        for hit in find_claims(text, claims):
            message = mark("“%(word)s” is a claim that must not be made (%(pattern)s).")
            params = {"word": hit.found, "pattern": hit.claim.text}
            yield Finding(str(hit.claim.kind), pointer, message, params, hit.claim.severity, hit.claim.may_override)


def _texts(content: ListingContent) -> Iterator[tuple[str, str]]:
    for name in ("title", "core_keyword", "brand", "model_no", "usage", "precautions", "detail"):
        yield f"/{name}", getattr(content, name)
    for name in ("selling_points", "use_scenarios", "tags", "commitments"):
        yield from ((f"/{name}/{index}", text) for index, text in enumerate(getattr(content, name)))
    for key, value in content.spec.items():
        yield "/spec/" + key.replace("~", "~0").replace("/", "~1"), f"{key} {value}"
    for index, sku in enumerate(content.skus):
        yield f"/skus/{index}/options", "\n".join(sku.options.values())
