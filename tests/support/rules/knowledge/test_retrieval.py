"""What is found for a question."""

import pytest

from support.rules.knowledge.retrieval import LONGEST, Candidate, Hit, ranked, terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("怎么退货？", ["么退", "怎么", "退货"]),
        ("货", ["货"]),
        ("SF-Express 到了", ["sf-express", "到了"]),
        ("7 天 7天", ["7", "天"]),
        ("a" * 60, ["a" * LONGEST]),
        ("。，!", []),
    ],
)
def test_a_text_becomes_words_and_pairs_of_characters(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_rare_terms_weigh_more_than_common_ones_and_seams_little() -> None:
    question = terms("怎么退货")
    articles = [Candidate(1, terms("怎么下单")), Candidate(2, terms("退货流程")), Candidate(3, terms("怎么付款"))]

    hits = ranked(question, articles, total=20)

    assert [hit.key for hit in hits] == [2, 1, 3]
    assert hits[0].percent > 50 > hits[1].percent


def test_all_terms_are_the_whole_and_none_is_no_hit() -> None:
    assert ranked(terms("退货"), [Candidate(1, terms("退货"))], total=1) == [Hit(1, 100)]
    assert ranked(terms("退货"), [Candidate(1, terms("付款"))], total=1) == []
    assert ranked([], [], total=0) == []
