"""Finding words however they are written."""

import pytest

from catalog.enums.listings import Severity, WordKind
from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.listing_checks import word_problems
from catalog.rules.wording import Word, find_words, normalised

HEMP = Word("大麻", allowed_in=("大麻烦", "大麻哈鱼"))
BEST = Word("best", Severity.WARNING, WordKind.FALSE_CLAIM)
FIRST = Word("第一")
NATIONAL = Word("全国第一")
WORDS = (HEMP, BEST, FIRST, NATIONAL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("含大麻成分", ["大麻"]),
        ("不再有大麻烦", []),
        ("大麻大麻烦", ["大麻"]),
        ("大 麻", ["大 麻"]),
        ("大-*\u200b麻", ["大-*\u200b麻"]),
        ("大 麻 烦", []),
        ("BEST cup", ["BEST"]),
        ("Ｂｅｓｔ杯", ["Ｂｅｓｔ"]),
        ("b.e.s.t", ["b.e.s.t"]),
        ("bestie", []),
        ("lab est", []),
        ("asbestos", []),
        ("2best", []),
        ("best2", []),
        ("最best的", ["best"]),
        ("全国第一", ["全国第一"]),
        ("第一", ["第一"]),
        ("第一, 全国第一", ["第一", "全国第一"]),
        ("杯子", []),
        ("", []),
        ("！ ！", []),
    ],
)
def test_words_are_found_with_their_place(text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_words(text, WORDS)] == found


def test_without_words_nothing_is_found() -> None:
    assert find_words("大麻", ()) == []
    assert find_words("大麻", (Word("！"),)) == []


def test_a_phrase_excuses_only_its_own_word() -> None:
    assert [hit.word.text for hit in find_words("大麻烦", (HEMP, Word("麻")))] == ["麻"]


def test_text_is_compared_without_width_case_and_gaps() -> None:
    assert normalised(" Ａb-Ｃ 一①") == "abc一1"


def test_words_are_named_once_a_field_with_their_severity() -> None:
    content = ListingContent(
        title="best best",
        selling_points=("好", "第一"),
        spec={"a/b": "大麻"},
        skus=(SkuContent("A", options={"x": "best"}),),
    )

    assert [(f.code, f.pointer, f.severity, f.params["word"]) for f in word_problems(content, WORDS)] == [
        ("false_claim", "/title", "warning", "best"),
        ("banned_word", "/selling_points/1", "error", "第一"),
        ("banned_word", "/spec/a~1b", "error", "大麻"),
        ("false_claim", "/skus/0/options", "warning", "best"),
    ]
