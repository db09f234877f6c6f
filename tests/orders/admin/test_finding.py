"""Orders by any number that somebody has in hand."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.shops.models import Shop
from orders.models import DeliveryAddress
from orders.queries.finding import MOST_A_TAIL, with_tails
from tests.builders import a_shipped_order, a_shop, a_sku, a_user, an_order
from tests.builders.fulfilment import parcel_of
from tests.kit.browser import Desk, text_of

URL = "admin:orders_order_find"


@pytest.fixture
def shop(db: None) -> Shop:
    shop = a_shop()
    a_sku(shop, on_hand=500)
    return shop


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(a_user(Role.CUSTOMER_SERVICE))


def found(desk: Desk, text: str) -> dict[str, list[str]]:
    answer: Any = desk.client.post(reverse(URL), {"numbers": text})
    assert answer.status_code == 200
    return {number: [row["order"].number for row in rows] for number, rows in answer.context["found"]}


def test_every_kind_of_number_finds_its_order(desk: Desk, shop: Shop) -> None:
    first, second = an_order(), a_shipped_order()
    number = parcel_of(second).tracking_no
    other = an_order(address={"recipient": "李四", "phone": "13911112222", "province": "浙江省", "city": "杭州市"})

    assert found(desk, f"{first.number} {second.external_id.lower()},{number.lower()}\n2222 nothing") == {
        first.number: [first.number],
        second.external_id.lower(): [second.number],
        number.lower(): [second.number],
        "2222": [other.number],
        "nothing": [],
    }


def test_names_and_phones_stay_masked(desk: Desk, shop: Shop) -> None:
    order = an_order()
    page = text_of(desk.client.post(reverse(URL), {"numbers": order.number}))
    assert ("13800000000" in page, "王小明" in page, order.external_id in page) == (False, False, True)


def test_two_hundred_numbers_cost_what_one_costs(desk: Desk, shop: Shop) -> None:
    numbers = [an_order().number for _ in range(12)]
    counts = []
    one = f"{numbers[0]} 0000"
    for text in (one, one, " ".join([*numbers, *(f"none-{n}" for n in range(88)), *(f"{n:04}" for n in range(100))])):
        with CaptureQueriesContext(connection) as statements:
            found(desk, text)
        counts.append(len(statements))
    assert counts[1] == counts[2]


def test_of_one_phone_the_newest_are_shown(desk: Desk, shop: Shop) -> None:
    numbers = [an_order().number for _ in range(MOST_A_TAIL + 2)]
    assert found(desk, "0000") == {"0000": sorted(numbers, reverse=True)[:MOST_A_TAIL]}


def test_orders_of_other_shops_are_not_found(shop: Shop) -> None:
    order = an_order()
    stranger = Desk(a_user(Role.CUSTOMER_SERVICE, shops=[a_shop("other-01")]))
    assert found(stranger, f"{order.number} {order.external_id} 0000") == {order.number: [], order.external_id: [], "0000": []}


def test_an_empty_box_is_told_and_others_stay_outside(desk: Desk, shop: Shop) -> None:
    assert desk.client.post(reverse(URL), {"numbers": " "}).status_code == 422
    assert Desk(a_user(Role.DESIGNER)).client.get(reverse(URL)).status_code == 403


def test_the_last_four_are_looked_up_by_an_index(shop: Shop) -> None:
    an_order()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = with_tails(DeliveryAddress.objects.all(), ["0000"]).order_by().explain()
    assert "address_phone_tail" in plan
