"""Where on a page an image goes."""

import pytest

from catalog.rules.pages.blocks import Block
from catalog.rules.pages.placing import FIRST, LAST, Spot, spot_from, with_image

TEXT, PRODUCTS = Block("text", heading="新品", text="轻便", link="/new"), Block("products", products=("CUP",))
NEW = Block("banner", image="/1.webp", image_alt="杯")


@pytest.mark.parametrize("spot", [Spot("pag_1", "abc", "2"), Spot("pag_1", "", FIRST)])
def test_a_spot_comes_back_from_its_text(spot: Spot) -> None:
    assert spot_from(str(spot)) == spot


@pytest.mark.parametrize(
    ("place", "blocks"),
    [
        (FIRST, [NEW, TEXT, PRODUCTS]),
        (LAST, [TEXT, PRODUCTS, NEW]),
        ("0", [Block("text", heading="新品", text="轻便", link="/new", image="/1.webp", image_alt="杯"), PRODUCTS]),
        ("1", [TEXT, Block("products", products=("CUP",), image="/1.webp", image_alt="杯")]),
    ],
)
def test_the_image_comes_into_its_place_and_nothing_else_changes(place: str, blocks: list[Block]) -> None:
    assert with_image([TEXT, PRODUCTS], place, image="/1.webp", image_alt="杯") == blocks
