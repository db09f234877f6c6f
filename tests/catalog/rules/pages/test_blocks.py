"""What a store page may say."""

import pytest

from catalog.enums.listings import Severity, WordKind
from catalog.rules.findings import Finding
from catalog.rules.media.standards import Demand, Measured
from catalog.rules.pages.blocks import Block, PageFacts, block_as_json, block_from_json, page_hash, page_problems
from catalog.rules.wording import Word

BANNER = Block("banner", image="https://img.example.com/1.webp", image_alt="保温杯", link="/cups")
TEXT = Block("text", heading="新品", text="轻便")
PRODUCTS = Block("products", products=("CUP",))
FACTS = PageFacts(on_sale=frozenset({"CUP"}))


def found(title: str, *blocks: Block, facts: PageFacts = FACTS) -> list[tuple[str, str]]:
    return [(finding.pointer, finding.code) for finding in page_problems(title, blocks, facts)]


def test_a_page_of_every_block_is_clean() -> None:
    assert found("首页", BANNER, TEXT, PRODUCTS) == []


def test_an_empty_page_lacks_everything() -> None:
    assert found("") == [("/title", "required"), ("/blocks", "required")]


@pytest.mark.parametrize(
    ("block", "problems"),
    [
        (Block("banner", image="/a.webp"), [("/blocks/0/image_alt", "required")]),
        (Block("banner", image_alt="x"), [("/blocks/0/image", "required")]),
        (Block("text", heading="x"), [("/blocks/0/text", "required")]),
        (Block("products"), [("/blocks/0/products", "required")]),
        (Block("carousel", text="x"), [("/blocks/0/kind", "unknown_block")]),
        (Block("products", products=("CUP", "GONE")), [("/blocks/0/products", "not_on_sale")]),
        (Block("text", text="x", link="javascript:alert(1)"), [("/blocks/0/link", "invalid_address")]),
        (Block("text", text="x", link="//elsewhere"), [("/blocks/0/link", "invalid_address")]),
        (Block("text", text="x", link="https://shop.example.com/a?b=1"), []),
    ],
)
def test_each_block_says_what_it_needs(block: Block, problems: list[tuple[str, str]]) -> None:
    assert found("首页", block) == problems


def test_banned_words_are_found_in_every_text() -> None:
    words = (
        Word("最好", Severity.ERROR, WordKind.BANNED, ()),
        Word("根治", Severity.ERROR, WordKind.FALSE_CLAIM, ()),
    )
    findings = page_problems("最好的店", [Block("text", heading="根治", text="最好")], PageFacts(words))
    assert [(f.pointer, f.code, f.params["word"]) for f in findings] == [
        ("/blocks/0/heading", "false_claim", "根治"),
        ("/blocks/0/text", "banned_word", "最好"),
        ("/title", "banned_word", "最好"),
    ]
    assert all(isinstance(finding, Finding) and finding.blocks for finding in findings)


def test_the_hash_changes_with_a_letter_and_with_the_order() -> None:
    one = page_hash("首页", [BANNER, TEXT])
    assert page_hash("首页", [BANNER, TEXT]) == one
    assert len({one, page_hash("首 页", [BANNER, TEXT]), page_hash("首页", [TEXT, BANNER])}) == 3


def test_a_block_survives_its_json() -> None:
    data = block_as_json(PRODUCTS)
    assert (data["products"], page_hash("", [block_from_json(data)])) == (["CUP"], page_hash("", [PRODUCTS]))


SHA = "a" * 64
OURS = Block("banner", image=f"https://ops.example.com/media/{SHA}/image.jpg", image_alt="x")


def of_images(width: int = 1000, *, watermark: bool = False, offered: bool = True) -> list[tuple[str, str, bool]]:
    image = Measured(width, 800, 1000, "jpeg", 100, 100, watermark)
    facts = PageFacts(images={SHA: image} if offered else {}, demand=Demand(min_width=750))
    return [(finding.pointer, finding.code, finding.blocks) for finding in page_problems("首页", [TEXT, OURS], facts)]


def test_images_of_the_library_are_fit_for_their_place() -> None:
    assert of_images(750) == []
    assert of_images(749) == [("/blocks/1/image", "image_too_small", True)]
    assert of_images(watermark=True) == [("/blocks/1/image", "watermark_suspected", False)]
    assert of_images(offered=False) == [("/blocks/1/image", "image_gone", True)]
