"""What buyers say of goods comes in once, and goes to those who can do something about it."""

import json
from typing import Any

import pytest

from catalog.models import ProductFeedback
from opsdesk.inbox.models import WorkItem
from orders.models import Order
from support.models import ProductReview, Ticket
from tests.builders import NOW, a_client, a_shipped_order, a_shop, a_sku, an_order
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop", "sku")


@pytest.fixture
def order(sku: Any) -> Order:
    found: Order = a_shipped_order("TS-RED-M", 1)
    return Order.objects.get(pk=found.pk)


def write(api: Api, order: Order | str, **changes: Any) -> Any:
    name = order if isinstance(order, str) else order.public_id
    return api.post("product-reviews/", {"order": name, "sku": "TS-RED-M", "stars": 5, "body": "很好"} | changes)


@pytest.mark.sop("S14")
def test_a_review_is_kept_and_goes_to_the_feedback_of_its_product(api: Api, order: Order) -> None:
    answer = write(api, f"external:tmall-01:{order.external_id}", stars=4, body="颜色有点色差")
    assert answer.status_code == 201, answer.content
    row = ProductReview.objects.get()
    told = json.loads(answer.content)
    assert (told["id"], told["order"], told["sku"], told["stars"], told["ticket"]) == (
        row.public_id,
        order.public_id,
        "TS-RED-M",
        4,
        None,
    )
    voice = ProductFeedback.objects.get(source="review")
    assert (voice.reason, voice.rating, voice.ref, voice.text) == ("colour", 4, row.public_id, "颜色有点色差")
    assert not WorkItem.objects.filter(kind="support.reply_review").exists()


@pytest.mark.sop("S14")
def test_a_low_review_is_to_be_answered_and_opens_a_ticket(api: Api, order: Order) -> None:
    told = json.loads(write(api, order, stars=2, body="破损了").content)
    ticket = Ticket.objects.get(public_id=told["ticket"])
    assert (ticket.order, ticket.type, ticket.stage, ticket.priority) == (order, "quality", "after_sale", "high")
    assert ticket.subject.startswith("★★ ")
    assert WorkItem.objects.get(kind="support.reply_review").subject_id == told["id"]


@pytest.mark.sop("S14")
def test_three_stars_are_answered_without_a_ticket_and_tests_bother_nobody(api: Api, order: Order) -> None:
    assert json.loads(write(api, order, stars=3).content)["ticket"] is None
    assert WorkItem.objects.filter(kind="support.reply_review").count() == 1
    test = a_shipped_order("TS-RED-M", 1, is_test=True)
    assert write(api, test.public_id, stars=1).status_code == 201
    assert (Ticket.objects.exists(), ProductFeedback.objects.filter(source="review").count()) == (False, 1)


@pytest.mark.sop("S14", refused=True)
def test_what_was_not_bought_or_is_reviewed_already_is_refused(api: Api, order: Order, shop: Any) -> None:
    a_sku(shop, code="CUP-1", on_hand=1)
    waiting = an_order()
    assert write(api, order).status_code == 201
    before = row_counts()
    for name, changes, expected in (
        (order, {}, (409, "already_reviewed")),
        (waiting, {}, (409, "not_shipped")),
        (order, {"sku": "CUP-1"}, (422, "unknown_sku")),
        ("ord_0", {}, (422, "unknown_order")),
        ("external:other:1", {}, (422, "unknown_order")),
        (order, {"stars": 0}, (400, "out_of_range")),
        (order, {"stars": 6}, (400, "out_of_range")),
        (order, {"body": "x" * 2001}, (400, "text_too_long")),
        (order, {"rating": 5}, (400, "unknown_field")),
    ):
        assert problem(write(api, name, **changes))[:2] == expected
    assert problem(api.post("product-reviews/", {}, key=None))[:2] == (400, "required")
    assert row_counts() == before


def test_scopes_and_shops_are_kept(api: Api, order: Order) -> None:
    a_shop("jd-01")
    assert write(Api(a_client("orders:read")), order).status_code == 403
    assert write(Api(a_client("tickets:read")), order).status_code == 403
    assert problem(write(Api(a_client("tickets:write", shops=["jd-01"])), order))[:2] == (422, "unknown_order")
    assert write(api, order).status_code == 201
    assert json.loads(Api(a_client("tickets:read", shops=["jd-01"])).get("product-reviews/").content)["results"] == []
    assert Api(a_client("orders:read")).get("product-reviews/").status_code == 403
    assert Api(None).get("product-reviews/").status_code == 401


def test_replies_are_read_in_the_order_of_change(api: Api, order: Order) -> None:
    write(api, order)
    ProductReview.objects.update(state="replied", reply="谢谢", replied_at=NOW)
    rows = json.loads(api.get("product-reviews/", sku="TS-RED-M", state="replied").content)["results"]
    assert [(row["reply"], row["stars"]) for row in rows] == [("谢谢", 5)]
    assert api.get("product-reviews/", updated_since="2020-01-01T00:00:00Z").status_code == 200
    assert problem(api.get("product-reviews/", colour="red"))[:2] == (400, "invalid_parameter")
