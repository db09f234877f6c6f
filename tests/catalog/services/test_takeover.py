"""Taking over goods, the range as other apps see it, and the ledger's sums."""

from decimal import Decimal

import pytest

from catalog.models import Product
from catalog.queries.ledger import moved_for
from catalog.queries.range import range_of
from catalog.services.setup import category_path
from catalog.services.takeover import Goods, GoodsSku, take_over_products
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, NotFound
from tests.builders import NOW, a_shop, a_sku, a_warehouse, an_actor, stock_up
from tests.kit.rows import row_counts

PATH = [("home", "Home"), ("cups", "Cups"), ("mugs", "Mugs")]
MUG = Goods("M-1", "Mug", "mugs", [GoodsSku("M-1-W", Decimal("9.90")), GoodsSku("M-1-B", Decimal("9.90"), alert_threshold=0)])

pytestmark = pytest.mark.django_db


def take_over(*goods: Goods) -> int:
    return take_over_products(goods=goods, shops=[], actor=SYSTEM, now=NOW)


def test_goods_are_live_at_once_and_taken_over_once() -> None:
    category = category_path(path=PATH, actor=SYSTEM, now=NOW)

    assert (category.level, category_path(path=PATH, actor=SYSTEM, now=NOW)) == (3, category)
    assert [take_over(MUG), take_over(MUG)] == [2, 0]
    assert list(Product.objects.values_list("code", "status", "category__code")) == [("M-1", "live", "mugs")]


def test_goods_of_an_unknown_category_are_refused() -> None:
    before = row_counts()

    with pytest.raises(NotFound, match="mugs"):
        take_over(MUG)
    assert row_counts() == before


def test_people_do_not_take_over_goods_without_review() -> None:
    actor = an_actor(Role.PRODUCT_SPECIALIST)

    with pytest.raises(Forbidden):
        take_over_products(goods=[MUG], shops=[], actor=actor, now=NOW)


def test_the_range_knows_prices_and_what_is_left_in_each_warehouse() -> None:
    sku = a_sku(a_shop(), on_hand=7)
    far = a_warehouse("hz-01")
    stock_up(sku, 2, far)

    [facts] = range_of([sku.code, "NO-SUCH"])

    assert (facts.code, facts.selling_price) == (sku.code, Decimal("99.00"))
    assert facts.available == {a_warehouse().pk: 7, far.pk: 2}
    assert moved_for([""], "hz-01") == {sku.code: 2}
