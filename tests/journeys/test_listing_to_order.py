"""A product's way from the supplier's data to the first order, and out of the shop again."""

import json
from typing import Any

import pytest

from catalog.models import ListingRevision, PostPublishCheck, Sku
from opsdesk.accounts.roles import Role
from opsdesk.webhooks.models import Event
from orders.models import Order
from tests.builders import a_draft_body, a_shop, a_user, an_order_body, stock_of, stock_up
from tests.catalog.admin.test_published_checks import look
from tests.kit.browser import signed_in
from tests.kit.http import Api, problem
from tests.kit.listing_screens import do, judge

pytestmark = pytest.mark.usefixtures("clock", "db")


def listed(api: Api, body: dict[str, Any]) -> ListingRevision:
    """Send a draft, have it judged by two people in the browser, and publish it."""
    specialist = signed_in(a_user(Role.PRODUCT_SPECIALIST))
    answer = json.loads(api.post("product-drafts/", body).content)
    revision = ListingRevision.objects.get(public_id=answer["id"])
    do(specialist, revision, "submit")
    judge(signed_in(a_user(Role.PRODUCT_SUPERVISOR)), revision)
    judge(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), revision)
    do(specialist, revision, "publish")
    look(specialist, PostPublishCheck.objects.get(revision=revision))
    revision.refresh_from_db()
    return revision


def test_a_product_is_listed_sold_changed_and_taken_off_sale(api: Api) -> None:
    a_shop()
    red, blue = ({"sku": f"CUP-{colour}", "cost": "40.00", "price": "99.00"} for colour in ("RED", "BLUE"))
    assert problem(api.post("orders/", an_order_body("CUP-RED")))[:2] == (422, "unknown_sku")

    first = listed(api, a_draft_body("CUP", skus=[red, blue]))
    stock_up(Sku.objects.get(code="CUP-RED"), 5)
    order = json.loads(api.post("orders/", an_order_body("CUP-RED", quantity=2)).content)

    assert (order["status"], order["lines"][0]["title"]) == ("pending", first.title)
    assert stock_of(Sku.objects.get(code="CUP-RED")) == (5, 2)
    assert json.loads(api.get("products/external:tmall-01:CUP/").content)["skus"][0]["available"] == 3

    listed(api, a_draft_body("CUP", skus=[blue]))
    assert problem(api.post("orders/", an_order_body("CUP-RED"))) == (422, "not_on_sale", [("/lines/0/sku", "not_on_sale")])
    assert stock_of(Sku.objects.get(code="CUP-RED")) == (5, 2)

    third = listed(api, a_draft_body("CUP", skus=[red]))
    do(signed_in(a_user(Role.PRODUCT_SPECIALIST)), third, "delist", reason="discontinued")
    assert problem(api.post("orders/", an_order_body("CUP-RED"))) == (422, "not_on_sale", [("/lines/0/sku", "not_on_sale")])
    assert Order.objects.count() == 1
    assert [
        event.rsplit(".", 1)[1] for event in Event.objects.filter(type__startswith="listing").values_list("type", flat=True)
    ] == [
        *["submitted", "approved", "published"] * 3,
        "delisted",
    ]
