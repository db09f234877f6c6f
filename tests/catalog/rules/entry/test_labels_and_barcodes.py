"""Tags and commitments by code or label; barcodes that scan, on one SKU only."""

from typing import Any

import pytest

from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.entry.barcodes import barcode_problems
from catalog.rules.entry.labels import by_label, label_problems

TAGS = {"hot": "热销", "new": "新品"}


def test_codes_and_labels_are_the_same_tag_once() -> None:
    assert by_label(["new", "新品", "hot", "x"], TAGS) == ("新品", "热销", "x")


def test_only_what_exists_may_be_promised() -> None:
    assert [(f.code, f.pointer, f.params["name"]) for f in label_problems("tags", ["新品", "x"], TAGS)] == [
        ("unknown_tag", "/tags/1", "x")
    ]
    assert [f.code for f in label_problems("commitments", ["包邮"], {})] == ["unknown_commitment"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["6901234567892", "73513537", "012345678905", "98412345678908"], []),
        (["", ""], []),
        (["6901234567893"], [("invalid_barcode", "/skus/0/barcode")]),
        (["690123456789"], [("invalid_barcode", "/skus/0/barcode")]),
        (["6901234567892", "6901234567892"], [("duplicate_barcode", "/skus/1/barcode")]),
        (["4006381333931"], [("duplicate_barcode", "/skus/0/barcode")]),
    ],
)
def test_a_barcode_scans_and_is_on_one_sku(codes: list[str], expected: Any) -> None:
    content = ListingContent(skus=tuple(SkuContent(f"S{n}", barcode=code) for n, code in enumerate(codes)))

    assert [(f.code, f.pointer) for f in barcode_problems(content, {"4006381333931": "OTHER"})] == expected
