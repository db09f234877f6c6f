"""The share of a listing that is filled in."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.completeness import ADVISED, REQUIRED
from catalog.rules.content import ImageContent, ListingContent, SkuContent
from catalog.rules.entry.attributes import Attribute
from catalog.rules.entry.progress import Completeness, completeness

FORM = (Attribute("容量", required=True), Attribute("材/质", required=True), Attribute("产地"))
TEXTS = ("title", "core_keyword", "category", "usage", "precautions", "brand", "model_no", "detail")
LISTS = ("selling_points", "use_scenarios", "commitments", "shops")
FULL = ListingContent(
    **dict.fromkeys(TEXTS, "x"),  # type: ignore[arg-type]
    **dict.fromkeys(LISTS, ("x",)),  # type: ignore[arg-type]
    spec={"容量": "1", "材/质": "2"},
    images=(ImageContent("https://x.example/1.jpg", "main"),),
    skus=(SkuContent("A", price=Decimal(2), cost=Decimal(1)),),
)


def test_a_full_listing_is_complete() -> None:
    assert completeness(FULL, FORM) == Completeness(100)
    assert completeness(FULL, ()) == Completeness(100)


def test_an_empty_one_is_not() -> None:
    found = completeness(ListingContent(), ())

    assert found == Completeness(0, (*(f"/{name}" for name in (*REQUIRED, *ADVISED)), "/images"))


def test_each_field_counts_the_same_and_is_named() -> None:
    lacking = replace(FULL, spec={"容量": "1"}, skus=(*FULL.skus, SkuContent("B", price=Decimal(2))))

    assert completeness(lacking, FORM) == Completeness(90, ("/spec/材~1质", "/skus/1/cost"))  # 18 of 20


@given(st.sets(st.sampled_from([*TEXTS, *LISTS, "spec", "skus", "images"])))
def test_it_is_whole_only_when_nothing_is_missing_and_grows_with_what_is_there(empty: set[str]) -> None:
    content = replace(FULL, **{name: type(getattr(FULL, name))() for name in empty})  # type: ignore[arg-type]
    found = completeness(content, FORM)

    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (not found.missing) == (not empty)
    if empty:
        filled = replace(content, **{(name := min(empty)): getattr(FULL, name)})  # type: ignore[arg-type]
        assert len(completeness(filled, FORM).missing) < len(found.missing) or name == "spec"
