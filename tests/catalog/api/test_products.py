"""GET products/: what is answered to whom."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.services.judgement import submit
from opsdesk.common.actors import SYSTEM
from tests.builders import (
    NOW,
    a_client,
    a_draft,
    a_draft_body,
    a_live_listing,
    a_shop,
    a_submitted_listing,
    an_approved_listing,
)
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def test_another_draft_of_the_same_product_is_its_next_revision(api: Api, shop: Any) -> None:
    first = a_submitted_listing(code="CUP")

    answer = json.loads(api.post("product-drafts/", a_draft_body("CUP")).content)

    first.refresh_from_db()
    assert (first.state, answer["no"], answer["state"]) == ("archived", 2, "draft")
    assert json.loads(api.get("products/").content)["results"][0]["status"] == "draft"


def test_a_product_of_another_shop_is_neither_seen_nor_rewritten(shop: Any) -> None:
    a_shop("douyin-01")
    revision = a_live_listing(code="CUP")
    stranger = Api(a_client("products:read", "products:write", shops=["douyin-01"]))
    before = row_counts()

    assert json.loads(stranger.get("products/").content)["results"] == []
    assert problem(stranger.get(f"products/{revision.product.public_id}/")) == (404, "not_found", [])
    assert problem(stranger.get("products/external:tmall-01:CUP/")) == (404, "not_found", [])
    assert problem(stranger.get(f"product-drafts/{revision.public_id}/")) == (404, "not_found", [])
    assert problem(stranger.post(f"product-drafts/{revision.public_id}/submit/", {})) == (404, "not_found", [])
    assert problem(stranger.post("product-drafts/", a_draft_body("CUP"))) == (409, "code_taken", [])
    assert row_counts() == before


def test_a_live_product_is_answered_with_what_was_published(api: Api, shop: Any) -> None:
    revision = a_live_listing(code="CUP")

    answer = json.loads(api.get("products/external:tmall-01:CUP/").content)

    assert answer == json.loads(api.get(f"products/{revision.product.public_id}/").content)
    sku = revision.skus[0]["sku"]
    assert {name: answer[name] for name in ("code", "title", "category", "tags", "commitments", "shops", "status")} == {
        "code": "CUP",
        "title": revision.title,
        "category": ["t-shirts-l1", "t-shirts-l2", "t-shirts"],
        "tags": ["新品"],
        "commitments": ["7天无理由退换"],
        "shops": ["tmall-01"],
        "status": "live",
    }
    assert answer["skus"] == [
        {
            "sku": sku,
            "barcode": "",
            "options": {"颜色": "红"},
            "price": "99.00",
            "discount_price": None,
            "member_price": None,
            "available": 0,
        }
    ]
    assert answer["revision"] == {
        "id": revision.public_id,
        "no": 1,
        "state": "listed",
        "change_kinds": ["other"],
        "change_reason": "文字更新",
    }


def test_products_are_filtered(api: Api, shop: Any) -> None:
    a_draft(code="A", tags=["热销"])
    a_submitted_listing(code="B")
    an_approved_listing(code="C")
    a_live_listing(code="D")

    def codes(**query: str) -> list[str]:
        return [row["code"] for row in json.loads(api.get("products/", **query).content)["results"]]

    assert codes() == ["D", "C", "B", "A"]
    assert [codes(status=name) for name in ("draft", "in_review", "approved", "live", "delisted")] == [
        ["A"],
        ["B"],
        ["C"],
        ["D"],
        [],
    ]
    assert codes(tag="热销") == ["A"]
    assert codes(tag="新品") == ["D", "C", "B"]
    assert codes(category="t-shirts-l1") == ["D", "C", "B", "A"]
    assert codes(category="t-shirts-l3") == []
    assert codes(shop="tmall-01") == ["D", "C", "B", "A"]
    assert codes(shop="douyin-01") == []
    assert problem(api.get("products/", status="sold"))[:2] == (400, "invalid_parameter")


@pytest.mark.serial  # a transaction anywhere in the cluster holds the feed back
@pytest.mark.django_db(transaction=True)
def test_the_feed_of_changes_ends_with_what_changed_last() -> None:
    a_shop()
    first, second = a_draft(code="A"), a_draft(code="B")
    api = Api(a_client())

    def codes() -> list[str]:
        answer = api.get("products/", updated_since="2020-01-01T00:00:00+08:00")
        return [row["code"] for row in json.loads(answer.content)["results"]]

    assert codes() == ["A", "B"]
    submit(revision_id=first.pk, actor=SYSTEM, now=NOW)
    assert codes() == ["B", "A"]
    assert second.no == 1


def test_a_list_costs_the_same_statements_for_one_product_and_for_many(api: Api, shop: Any) -> None:
    a_live_listing()
    api.get("products/")
    with CaptureQueriesContext(connection) as one:
        api.get("products/")
    for _ in range(4):
        a_live_listing()
    with CaptureQueriesContext(connection) as many:
        assert len(json.loads(api.get("products/").content)["results"]) == 5

    assert len(one) == len(many)


def test_a_scope_that_only_reads_may_not_write(shop: Any) -> None:
    reader = Api(a_client("products:read"))

    assert problem(reader.post("product-drafts/", a_draft_body())) == (403, "permission_denied", [])
    assert problem(Api(None).get("products/")) == (401, "not_authenticated", [])
    assert problem(Api(a_client("orders:read")).get("products/")) == (403, "permission_denied", [])


def test_a_client_of_one_shop_drafts_for_its_shop_alone(shop: Any) -> None:
    a_shop("douyin-01")
    client = Api(a_client("products:read", "products:write", shops=["douyin-01"]))

    answer = json.loads(client.post("product-drafts/", a_draft_body("CUP")).content)

    assert answer["shops"] == ["douyin-01"]
    assert json.loads(client.get("products/").content)["results"][0]["shops"] == ["douyin-01"]
    again = json.loads(client.post("product-drafts/", a_draft_body("CUP")).content)
    assert (again["no"], again["shops"]) == (2, ["douyin-01"])
