"""Patterns of claims: what they find, what excuses them, which are refused."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.enums.listings import Severity
from catalog.rules.content import ListingContent
from catalog.rules.entry.claims import Claim, UnsafePattern, compiled, find_claims
from catalog.rules.entry.first_claims import FIRST_CLAIMS
from catalog.rules.listing_checks import claim_problems
from catalog.rules.wording import Word, find_words

BEST = Claim("最[好大]", allowed_in=("最大功率", "！"))
CLAIMS = (BEST, Claim("100%*有效"), Claim("#天*见效"), Claim("治?病|根治"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全网最好用", ["最好"]),
        ("最 \u200b大", ["最 \u200b大"]),
        ("最大功率", []),
        ("最大功率，最大", ["最大"]),
        ("最近", []),
        ("100％ 保证 有效", ["100％ 保证 有效"]),
        ("100ml", []),
        ("三天就见效", ["三天就见效"]),
        ("7天无理由", []),
        ("治百病", ["治百病"]),
        ("可根治", ["根治"]),
        ("", []),
        ("…", []),
    ],
)
def test_claims_are_found_as_they_were_written(text: str, found: list[str]) -> None:
    assert [hit.found for hit in find_claims(text, CLAIMS)] == found


@pytest.mark.parametrize(
    "pattern", ["*", "?", "最", "最?", "a|b?", "最[]", "最[！]", "最[好", "最]好", "一*二*三*四", "x" * 61, "", "好好|"]
)
def test_a_pattern_that_forbids_too_much_or_runs_away_is_refused(pattern: str) -> None:
    with pytest.raises(UnsafePattern):
        compiled(pattern)


def test_wildcards_may_be_typed_full_width() -> None:
    assert [hit.found for hit in find_claims("治了病", [Claim("治？病")])] == ["治了病"]


def test_a_claim_is_named_once_a_field_with_its_severity() -> None:
    content = ListingContent(title="最好的最好", usage="根治")
    claims = (BEST, Claim("治?病|根治", Severity.ERROR, may_override=True))

    assert [(f.code, f.pointer, f.severity, f.params["word"], f.may_override) for f in claim_problems(content, claims)] == [
        ("false_claim", "/title", "warning", "最好", False),
        ("false_claim", "/usage", "error", "根治", True),
    ]


@given(st.text(alphabet="最好大全国第一100%天见效治疗病。 \u200bаx*?[]|#", max_size=300))
def test_the_first_patterns_answer_any_text_at_once(text: str) -> None:
    began = time.perf_counter()
    for hit in find_claims(text, FIRST_CLAIMS):
        assert hit.found in text
    assert time.perf_counter() - began < 1


@given(st.text(alphabet="最好[]?*#|%a", max_size=20), st.text(alphabet="最好%a1", max_size=200))
def test_any_pattern_is_refused_or_answers_at_once(pattern: str, text: str) -> None:
    try:
        compiled(pattern)
    except UnsafePattern:
        return
    began = time.perf_counter()
    list(find_claims(text, [Claim(pattern)]))
    assert time.perf_counter() - began < 1


@given(st.lists(st.sampled_from(["大麻", "大麻烦", "大麻哈鱼", "好", " ", "\u200b", "，", "x"]), max_size=12))
def test_a_longer_harmless_phrase_excuses_exactly_what_it_covers(parts: list[str]) -> None:
    word = Word("大麻", allowed_in=("大麻烦", "大麻哈鱼"))
    plain = [part for part in parts if part not in (" ", "\u200b", "，")]
    expected = sum(part == "大麻" for part in plain)

    assert len(find_words("好".join(parts), [word])) == expected
