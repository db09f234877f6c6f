"""POST quotes/: what a basket costs."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Sku
from tests.builders import NOW, a_client, a_shop, a_sku, an_approved_price_change
from tests.kit.duties import run
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
HOUR = timedelta(hours=1)


def body(**changes: Any) -> dict[str, Any]:
    return {"shop": "tmall-01", "customer": "b-1", "lines": [{"sku": "TS-RED-M", "quantity": 2}], "coupons": []} | changes


@pytest.mark.django_db
@pytest.mark.sop("C24")
def test_a_basket_is_priced_without_a_key_and_follows_a_price_change() -> None:
    shop = a_shop()
    sku = a_sku(shop)
    Sku.objects.filter(pk=sku.pk).update(discount_price=Decimal("95.00"))
    sku.refresh_from_db()
    api = Api(a_client("promotions:read", "products:read"))
    an_approved_price_change(sku, "90.00", start=NOW + HOUR, end=NOW + 3 * HOUR)

    answer = json.loads(api.post("quotes/", body(), key=None).content)
    assert answer["lines"] == [{"sku": "TS-RED-M", "quantity": 2, "list_price": "99.00", "unit_price": "95.00",
                                "price_source": "discount", "amount": "190.00"}]  # fmt: skip
    assert (answer["discounts"], answer["gifts"], answer["freight"], answer["payable"]) == ([], [], "0.00", "190.00")
    assert answer["currency"] == "CNY"

    def ahead(hours: int) -> str:
        at = (NOW + hours * HOUR).isoformat()
        return str(json.loads(api.post("quotes/", body(at=at), key=None).content)["payable"])

    assert [ahead(hours) for hours in (0, 1, 2, 3)] == ["190.00", "180.00", "180.00", "190.00"]

    run("catalog.apply_prices", NOW + HOUR)
    assert json.loads(api.post("quotes/", body(), key=None).content)["payable"] == "180.00"
    [product] = json.loads(api.get("products/").content)["results"]
    assert product["skus"][0]["price"] == "90.00"
    assert product["skus"][0]["discount_price"] is None


@pytest.mark.django_db
@pytest.mark.sop("C24", refused=True)
def test_everything_that_is_wrong_is_named_and_nothing_written() -> None:
    shop = a_shop()
    a_sku(shop)
    a_sku(code="ELSEWHERE")
    api, other = Api(a_client("promotions:read")), Api(a_client("products:read"))
    before = row_counts()
    lines = [{"sku": code, "quantity": 1} for code in ("NONE", "ELSEWHERE", "TS-RED-M", "TS-RED-M")]
    assert problem(api.post("quotes/", body(lines=lines), key=None)) == (422, "unknown_sku", [
        ("/lines/0/sku", "unknown_sku"), ("/lines/1/sku", "not_on_sale"), ("/lines/3/sku", "duplicate_sku")])  # fmt: skip
    assert problem(api.post("quotes/", body(coupons=["NO"]), key=None)) == (422, "unknown_coupon", [
        ("/coupons/0", "unknown_coupon")])  # fmt: skip
    assert problem(api.post("quotes/", body(shop="none"), key=None)) == (422, "unknown_shop", [("/shop", "unknown_shop")])
    past = (NOW - 24 * HOUR).isoformat()
    assert problem(api.post("quotes/", body(at=past), key=None)) == (422, "no_price", [("/lines/0/sku", "no_price")])
    assert problem(other.post("quotes/", body(), key=None))[:2] == (403, "permission_denied")
    assert row_counts() == before


@pytest.mark.django_db
def test_a_basket_costs_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    shop = a_shop()
    for number in range(20):
        a_sku(shop, code=f"S-{number}")
    api = Api(a_client("promotions:read"))
    lines = [{"sku": f"S-{number}", "quantity": 1} for number in range(20)]
    with django_assert_max_num_queries(8):
        assert api.post("quotes/", body(lines=lines, at=(NOW + HOUR).isoformat()), key=None).status_code == 200
