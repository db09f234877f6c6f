"""One condition out of several sets: little is named, much is met on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from opsdesk.common import narrowing
from opsdesk.common.narrowing import any_of, first_with
from tests.builders import a_product, a_shop


@pytest.mark.parametrize("few", [0, 1, 2, 3, 100])
def test_the_rows_are_the_same_however_they_are_looked_for(db: None, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(narrowing, "FEW", few)
    shops = [a_shop("tmall-01"), a_shop("jd-01")]
    for code in ("A-1", "A-2", "B-1", "C-1"):
        a_product(*shops, code=code)
    sold = Product.objects.filter(offers__shop__in=shops, code__startswith="A")  # each of them twice
    with CaptureQueriesContext(connection) as log:
        condition = any_of(sold, Product.objects.filter(code="B-1"), Product.objects.none())
    assert len(log) == 1
    assert list(Product.objects.filter(condition).order_by("code").values_list("code", flat=True)) == ["A-1", "A-2", "B-1"]


def test_nothing_found_is_no_row(db: None) -> None:
    a_product(a_shop(), code="A-1")
    assert list(Product.objects.filter(any_of(Product.objects.filter(code="X")))) == []


def test_the_first_of_many_come_in_the_order_of_the_text(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "FEW", 2)
    shop = a_shop()
    made = {code: a_product(shop, code=code).pk for code in ("A-3", "a-0", "A-2", "B-1", "A-1")}

    assert first_with(Product.objects.all(), "code", "A-") == ([made["A-1"], made["A-2"]], True)
    assert first_with(Product.objects.exclude(code="A-2"), "code", "A-") == ([made["A-1"], made["A-3"]], False)
    assert first_with(Product.objects.all(), "code", "C") == ([], False)
