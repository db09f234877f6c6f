"""What a store page says, block by block, and what may be wrong with it. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from catalog.enums.listings import WordKind
from catalog.enums.pages import BlockKind
from catalog.rules.findings import Finding
from catalog.rules.media.standards import Demand, Measured, shortcomings
from catalog.rules.media.wording import sha_in
from catalog.rules.wording import Word, find_words
from opsdesk.common.text import mark

_REQUIRED = {
    BlockKind.BANNER: ("image", "image_alt"),
    BlockKind.TEXT: ("text",),
    BlockKind.PRODUCTS: ("products",),
}
_ADDRESS = re.compile(r"(https?://[^\s/]+|/(?!/))\S*", re.ASCII)


@dataclass(frozen=True)
class Block:
    """One block of a page; `products` are product codes, `link` is an address or a path within the shop."""

    kind: str
    heading: str = ""
    text: str = ""
    image: str = ""
    image_alt: str = ""
    link: str = ""
    products: Sequence[str] = ()


@dataclass(frozen=True)
class PageFacts:
    """What the checks must know beside the page.

    The banned words, which of the named products are on sale there, what was measured of those images that the library
    offers, by their hash, and what the page's place on its platform demands of them.
    """

    words: Sequence[Word] = ()
    on_sale: frozenset[str] = field(default_factory=frozenset)
    images: Mapping[str, Measured] = field(default_factory=dict)
    demand: Demand = field(default_factory=Demand)


def block_from_json(data: Mapping[str, Any]) -> Block:
    """The block out of its JSON form."""
    return Block(**data)


def block_as_json(block: Block) -> dict[str, Any]:
    """The block as it is kept in JSON."""
    return {**asdict(block), "products": list(block.products)}


def page_hash(title: str, blocks: Sequence[Block]) -> str:
    """The SHA-256 of a page's content in one canonical form. SOP: C25"""
    whole = {"title": title, "blocks": [block_as_json(block) for block in blocks]}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def page_problems(title: str, blocks: Sequence[Block], facts: PageFacts) -> list[Finding]:
    """All that is wrong with a page: what is missing, what is not on sale or not fit to be shown, what must not be said.

    SOP: C25
    """
    found = [] if title else [Finding("required", "/title", mark("This field is required."))]
    if not blocks:
        found.append(Finding("required", "/blocks", mark("A page needs at least one block.")))
    for index, block in enumerate(blocks):
        found += _block_problems(f"/blocks/{index}", block, facts)
    found += _word_problems("/title", title, facts.words)
    return found


def _block_problems(pointer: str, block: Block, facts: PageFacts) -> Iterator[Finding]:
    if block.kind not in BlockKind.values:
        yield Finding("unknown_block", f"{pointer}/kind", mark("There is no such block."))
        return
    for name in _REQUIRED[BlockKind(block.kind)]:
        if not getattr(block, name):
            yield Finding("required", f"{pointer}/{name}", mark("This field is required."))
    for name in ("image", "link"):
        if (address := getattr(block, name)) and not _ADDRESS.fullmatch(address):
            yield Finding("invalid_address", f"{pointer}/{name}", mark("Write an address with https:// or a path with /."))
    yield from _image_problems(f"{pointer}/image", block.image, facts)
    for code in block.products:
        if code not in facts.on_sale:
            message = mark("Product %(product)s is not on sale in this shop.")
            yield Finding("not_on_sale", f"{pointer}/products", message, {"product": code})
    for name in ("heading", "text", "image_alt"):
        yield from _word_problems(f"{pointer}/{name}", getattr(block, name), facts.words)


def _image_problems(pointer: str, address: str, facts: PageFacts) -> Iterator[Finding]:
    """What is wrong with an image of ours; nothing is known of others."""
    if not (sha := sha_in(address)):
        return
    if sha in facts.images:
        yield from shortcomings(facts.images[sha], facts.demand, pointer=pointer)
    else:
        yield Finding("image_gone", pointer, mark("The image library does not offer this image."))


def _word_problems(pointer: str, text: str, words: Sequence[Word]) -> Iterator[Finding]:
    for word in dict.fromkeys(hit.word for hit in find_words(text, words)):
        claims = word.kind == WordKind.FALSE_CLAIM
        message = mark("“%(word)s” is a claim that must not be made.") if claims else mark("“%(word)s” must not be used.")
        yield Finding(str(word.kind), pointer, message, {"word": word.text}, word.severity)
