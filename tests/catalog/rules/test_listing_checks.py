"""Completeness, categories, duplicates, hashes and differences of listings."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.enums.entry import AttributeKind
from catalog.enums.listings import Severity
from catalog.rules.completeness import CategoryFacts, Elsewhere
from catalog.rules.content import ImageContent, ListingContent, SkuContent, content_hash, sku_as_json, sku_from_json
from catalog.rules.diff import compare
from catalog.rules.entry.attributes import Attribute
from catalog.rules.entry.labels import Labels
from catalog.rules.listing_checks import Facts, check
from catalog.rules.wording import Word

LEAF = CategoryFacts(3)
LABELS = Labels(tags={"new": "新品"}, commitments={"free-shipping": "包邮"})
CAPACITY = Attribute("容量", AttributeKind.NUMBER, unit="ml", required=True)
FULL = ListingContent(
    title="晨光保温杯",
    core_keyword="保温杯",
    category="cups",
    brand="晨光",
    model_no="CG-1",
    spec={"容量": "500ml"},
    selling_points=("双层真空",),
    use_scenarios=("办公",),
    usage="先清洗",
    precautions="勿入微波炉",
    detail="便携",
    commitments=("包邮",),
    shops=("tmall-01",),
    images=(ImageContent("https://img.example.com/1.jpg", "main"),),
    skus=(SkuContent("A", price=Decimal("99"), cost=Decimal("40")),),
)


def found(content: ListingContent, **facts: Any) -> list[tuple[str, str, bool]]:
    knowledge = replace(Facts(LEAF, target_percent=20, labels=LABELS), **facts)
    return [(finding.code, finding.pointer, finding.blocks) for finding in check(content, knowledge)]


def test_a_complete_listing_has_no_problems() -> None:
    assert found(FULL) == []


@pytest.mark.parametrize(
    "name",
    [
        "title",
        "core_keyword",
        "category",
        "spec",
        "selling_points",
        "use_scenarios",
        "usage",
        "precautions",
        "skus",
        "shops",
    ],
)
def test_what_the_form_prescribes_is_required(name: str) -> None:
    assert found(replace(FULL, **{name: type(getattr(FULL, name))()})) == [("required", f"/{name}", True)]


@pytest.mark.parametrize("name", ["brand", "model_no", "detail", "commitments"])
def test_what_should_be_there_does_not_block(name: str) -> None:
    assert found(replace(FULL, **{name: type(getattr(FULL, name))()})) == [("recommended", f"/{name}", False)]


def test_a_sku_needs_its_price_and_cost() -> None:
    assert found(replace(FULL, skus=(SkuContent("A"),))) == [
        ("required", "/skus/0/price", True),
        ("required", "/skus/0/cost", True),
    ]


@pytest.mark.parametrize(
    ("title", "keyword", "expected"),
    [
        ("晨光 保 温-杯", "保温杯", []),
        ("Ｃｕｐ", "CUP", []),
        ("晨光杯", "保温杯", [("keyword_missing", "/title", True)]),
    ],
)
def test_the_title_contains_the_keyword(title: str, keyword: str, expected: Any) -> None:
    assert found(replace(FULL, title=title, core_keyword=keyword)) == expected


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        (CategoryFacts(3), []),
        (CategoryFacts(2), [("category_not_leaf", "/category", True)]),
        (CategoryFacts(1), [("category_not_leaf", "/category", True)]),
        (CategoryFacts(3, has_children=True), [("category_not_leaf", "/category", True)]),
        (None, [("unknown_category", "/category", True)]),
        (CategoryFacts(3, form=(CAPACITY, Attribute("材/质", required=True))), [("missing_attribute", "/spec/材~1质", True)]),
    ],
)
def test_the_category_is_a_leaf_of_level_three_that_is_satisfied(category: Any, expected: Any) -> None:
    assert found(FULL, category=category) == expected


@pytest.mark.parametrize("images", [(), (ImageContent("https://img.example.com/1.jpg", "detail"),)])
def test_a_main_image_is_needed(images: Any) -> None:
    assert found(replace(FULL, images=images)) == [("main_image_required", "/images", True)]


def test_nothing_is_listed_twice() -> None:
    twice = replace(FULL, skus=(FULL.skus[0], FULL.skus[0], replace(FULL.skus[0], sku="B")))

    assert found(twice, elsewhere=Elsewhere("CUP", {"B": "MUG"})) == [
        ("duplicate_title", "/title", True),
        ("duplicate_sku", "/skus/1/sku", True),
        ("duplicate_sku", "/skus/2/sku", True),
    ]


def test_all_problems_come_at_once() -> None:
    bad = replace(FULL, usage="最佳", detail="", skus=(SkuContent("A", price=Decimal("1"), cost=Decimal("2")),))

    assert found(bad, words=(Word("最佳", Severity.WARNING),), category=None) == [
        ("recommended", "/detail", False),
        ("unknown_category", "/category", True),
        ("margin_below_target", "/skus/0/price", True),
        ("below_cost", "/skus/0/price", True),
        ("banned_word", "/usage", False),
    ]


def test_equal_content_has_an_equal_hash_and_a_changed_letter_another_one() -> None:
    assert content_hash(FULL) == content_hash(replace(FULL, skus=(replace(FULL.skus[0], price=Decimal("99.00")),)))
    assert content_hash(FULL) != content_hash(replace(FULL, usage="先清洗。"))
    assert content_hash(FULL) != content_hash(replace(FULL, skus=(replace(FULL.skus[0], price=Decimal("99.01")),)))
    with pytest.raises(TypeError, match="object is no content"):
        content_hash(replace(FULL, usage=object()))  # type: ignore[arg-type]


def test_a_sku_survives_its_json_form() -> None:
    assert sku_from_json(sku_as_json(FULL.skus[0])) == FULL.skus[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ([], [], False)),
        ("", "a", ([], [("a", True)], True)),
        ("a", "", ([("a", True)], [], True)),
        ("旧款 cup", "新款 cup", ([("旧", True), ("款 cup", False)], [("新", True), ("款 cup", False)], True)),
        ("price 99.00", "price 89.00", ([("price ", False), ("99.00", True)], [("price ", False), ("89.00", True)], True)),
    ],
)
def test_differences_are_marked_by_words(old: str, new: str, expected: Any) -> None:
    sides = compare(old, new)

    left, right = ([(piece.text, piece.changed) for piece in side] for side in (sides.old, sides.new))
    assert (left, right, sides.differs) == expected
