"""Putting an image on a page: at its beginning, at its end, or into a block that is there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.enums.pages import BlockKind
from catalog.rules.pages.blocks import Block

FIRST, LAST = "first", "last"


@dataclass(frozen=True)
class Spot:
    """A place on a page that somebody chose: the page by its id, the hash of the content that they saw, and where.

    `place` is FIRST or LAST for a new banner there, or the number of a block from 0.
    """

    page: str
    seen: str
    place: str

    def __str__(self) -> str:
        return ":".join((self.page, self.seen, self.place))


def spot_from(text: str) -> Spot:
    """The spot out of its text."""
    return Spot(*text.split(":"))


def with_image(blocks: Sequence[Block], place: str, *, image: str, image_alt: str) -> list[Block]:
    """The blocks with the image in its place; a block that is there keeps everything but its image. SOP: C25"""
    banner = Block(BlockKind.BANNER.value, image=image, image_alt=image_alt)
    if place == FIRST:
        return [banner, *blocks]
    if place == LAST:
        return [*blocks, banner]
    number = int(place)
    changed = replace(blocks[number], image=image, image_alt=image_alt)
    return [*blocks[:number], changed, *blocks[number + 1 :]]
