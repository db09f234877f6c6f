"""Lists and pairs that people write as lines of text."""

import pytest
from django.core.exceptions import ValidationError

from catalog.admin.listing_fields import LinesField, PairsField
from catalog.admin.listing_forms import field_label


def test_lines_are_entries_once_each() -> None:
    field = LinesField(length=5, required=False)

    assert field.clean(" a \n\nb\na") == ("a", "b")
    assert field.clean("") == ()
    assert field.prepare_value(("a", "b")) == "a\nb"
    assert field.prepare_value("a\n") == "a\n"


@pytest.mark.parametrize("text", ["abcdef", "\n".join(str(number) for number in range(101))])
def test_too_long_or_too_many_lines_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        LinesField(length=5).clean(text)


@pytest.mark.parametrize("text", ["颜色: 红; 尺码：M", "颜色=红；尺码＝M", "颜色:红;尺码:M;"])
def test_pairs_are_written_as_people_write_them(text: str) -> None:
    field = PairsField(length=60, separator="; ", required=False)

    assert field.clean(text) == {"颜色": "红", "尺码": "M"}
    assert field.prepare_value({"颜色": "红", "尺码": "M"}) == "颜色: 红; 尺码: M"


def test_a_value_may_hold_separators() -> None:
    assert PairsField(length=60).clean("page: https://x.example/?a=1;b") == {"page": "https://x.example/?a=1;b"}


@pytest.mark.parametrize("text", ["no separator", ": value"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Write"):
        PairsField(length=60).clean(text)


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/title", "Title"),
        ("/spec/容量", "容量"),
        ("/spec/产地~1省", "产地/省"),
        ("/skus", "SKUs"),
        ("/skus/1/price", "SKUs 2, Price"),
        ("/images/0/url", "Images 1"),
        ("/other", "other"),
    ],
)
def test_problems_name_fields_as_the_form_does(pointer: str, label: str) -> None:
    assert field_label(pointer) == label
