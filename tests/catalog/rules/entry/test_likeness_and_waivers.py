"""Titles and pictures like another product's; findings that somebody took responsibility for."""

from dataclasses import replace

import pytest

from catalog.enums.listings import Severity
from catalog.rules.content import ImageContent, ListingContent
from catalog.rules.entry.likeness import AlikeTitle, image_likeness, title_likeness
from catalog.rules.entry.waivers import is_waivable, key_of, settle
from catalog.rules.findings import Finding

WARNING = Finding("similar_title", "/title", "m", {"product": "CUP"}, Severity.WARNING)
ERROR = Finding("banned_word", "/title", "m", {"word": "最佳"})
MILD = replace(ERROR, may_override=True)
MARGIN = Finding("margin_below_target", "/skus/0/price", "m", severity=Severity.WARNING)


def test_a_like_title_is_a_warning() -> None:
    [found] = title_likeness(AlikeTitle("CUP", "晨光保温杯", 91))

    assert (found.code, found.pointer, found.blocks, found.params["percent"]) == ("similar_title", "/title", False, 91)
    assert list(title_likeness(None)) == []


def test_a_picture_that_another_product_uses_is_remarked_upon() -> None:
    content = ListingContent(images=(ImageContent("a", "main"), ImageContent("b", "detail")))

    assert [(f.code, f.pointer, f.blocks) for f in image_likeness(content, {"b": "MUG"})] == [
        ("similar_image", "/images/1", False)
    ]


@pytest.mark.parametrize(("finding", "expected"), [(WARNING, True), (ERROR, False), (MILD, True), (MARGIN, False)])
def test_warnings_and_what_may_be_overridden_are_waivable(finding: Finding, expected: bool) -> None:
    assert is_waivable(finding) is expected


def test_a_waived_finding_stays_in_sight_and_does_not_block() -> None:
    elsewhere = replace(MILD, pointer="/usage")

    settled = settle([MILD, elsewhere, ERROR], {key_of(MILD)})

    assert [(f.pointer, f.blocks, f.waived) for f in settled] == [
        ("/title", False, True),
        ("/usage", True, False),
        ("/title", True, False),
    ]
