"""POST orders/ and bulk/orders/: what is brought into one form, what is doubtful, and what it costs."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import CustomerContact, DeliveryAddress, Order, OrderCheck
from tests.builders import a_shop, a_sku, an_order, an_order_body
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=500)


def taken(api: Api, **changes: Any) -> dict[str, Any]:
    response = api.post("orders/", an_order_body(quantity=1, **changes))
    assert response.status_code == 201
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def reasons(order: dict[str, Any]) -> list[str]:
    check = OrderCheck.objects.get(order__public_id=order["id"], code="risk")
    assert check.result == ("doubtful" if check.detail else "ok")
    return [one["code"] for one in check.detail.get("reasons", [])]


@pytest.mark.sop("O2", "O4")
def test_an_address_is_read_in_one_form_and_kept_as_it_was_written(api: Api, sku: Any) -> None:
    written = {"phone": "００８６ 138-0000-0001", "province": "广东", "street": "广东省深圳市南山区科技园路１号"}

    answer = taken(api, address=an_order_body()["address"] | written)

    row = DeliveryAddress.objects.get()
    assert (row.phone, row.province, row.street) == ("+8613800000001", "广东省", "科技园路1号")
    assert row.written == written
    assert answer["address"]["phone"] == "+8613800000001"


@pytest.mark.sop("O2", refused=True)
def test_what_is_no_phone_in_any_writing_is_refused(api: Api, sku: Any) -> None:
    before = row_counts()

    response = api.post("orders/", an_order_body(address=an_order_body()["address"] | {"phone": "１２３４５"}))

    assert problem(response) == (400, "invalid_phone", [("/address/phone", "invalid_phone")])
    assert row_counts() == before


def test_a_province_that_no_table_knows_is_doubtful(api: Api, sku: Any) -> None:
    taken(api, address=an_order_body()["address"] | {"province": "加州"})

    assert OrderCheck.objects.values_list("result", "detail").get(code="address") == ("doubtful", {"unknown": ["province"]})


def test_the_same_buyer_and_content_again_is_doubtful(api: Api, sku: Any) -> None:
    buyer = {"external_id": "b-twin", "name": "王小明", "phone": "13800000000", "email": None}
    first = taken(api, customer=buyer, placed_at="2026-06-11T06:00:00+08:00")

    inside = taken(api, customer=buyer, placed_at="2026-06-11T08:00:00+08:00")
    outside = taken(api, customer=buyer, placed_at="2026-06-11T03:59:59+08:00")

    assert [reasons(one) for one in (first, inside, outside)] == [[], ["duplicate"], []]
    detail = OrderCheck.objects.get(order__public_id=inside["id"], code="risk").detail
    assert detail == {"reasons": [{"code": "duplicate", "of": first["number"]}]}


def test_without_a_name_the_buyer_is_known_by_the_phone(api: Api, sku: Any) -> None:
    taken(api, customer=None)

    assert reasons(taken(api, customer=None)) == ["duplicate"]


def test_many_orders_of_one_phone_and_address_are_doubtful_one_by_one_and_in_a_batch(api: Api, sku: Any) -> None:
    singly = [reasons(taken(api)) for _ in range(6)]
    batch = [an_order_body(quantity=1) for _ in range(6)]
    json.loads(api.post("bulk/orders/", {"policy": "reject_everything", "items": batch}).content)

    assert singly == [[]] * 5 + [["many_of_phone"]]
    found = OrderCheck.objects.filter(code="risk").order_by("order_id").values_list("detail", flat=True)[6:]
    assert [[one["code"] for one in detail["reasons"]] for detail in found] == [
        *[["many_of_phone"]] * 4,
        *[["many_of_phone", "many_of_address"]] * 2,
    ]


def test_an_amount_far_above_the_buyers_usual_is_doubtful(api: Api, sku: Any) -> None:
    buyer = {"external_id": "b-usual", "name": "王小明", "phone": None, "email": None}
    for hour in ("01", "04", "07"):
        taken(api, customer=buyer, placed_at=f"2026-06-10T{hour}:00:00+08:00")

    lines = [{"sku": "TS-RED-M", "quantity": 6, "unit_price": "99.00", "discount": "0.00"}]
    assert reasons(taken(api, customer=buyer, lines=lines)) == ["unusual_amount"]


def test_a_batch_costs_one_statement_more_whatever_its_size(api: Api, sku: Any) -> None:
    counts = []
    for size in (1, 1, 40):  # the first one fills caches
        items = [an_order_body(quantity=1) for _ in range(size)]
        with CaptureQueriesContext(connection) as statements:
            assert api.post("bulk/orders/", {"policy": "ignore_failed", "items": items}).status_code == 200
        counts.append(sum("parameters_" not in one["sql"] for one in statements))

    assert counts[1] == counts[2]


@pytest.mark.sop("O5")
def test_a_shop_that_lifts_its_customers_hold_has_asked_them(api: Api, sku: Any) -> None:
    order = an_order(address=an_order_body()["address"] | {"city": ""})

    api.post(f"orders/{order.public_id}/change-address/", {"address": an_order_body()["address"]})

    contact = CustomerContact.objects.get()
    assert (contact.order_id, contact.channel, contact.outcome) == (order.pk, "shop", "verified")
    assert Order.objects.get().holds.filter(released_at=None).count() == 0


@pytest.mark.sop("O5", refused=True)
def test_an_address_that_still_lacks_a_part_lifts_nothing(api: Api, sku: Any) -> None:
    order = an_order(address=an_order_body()["address"] | {"city": ""})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/release-hold/", {"code": "address", "reason": "asked"})

    assert problem(response) == (409, "hold_still_needed", [])
    assert row_counts() == before
