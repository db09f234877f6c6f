"""POST product-drafts/: what comes in, what is found wrong with it, what is refused."""

import json
from typing import Any

import pytest

from catalog.models import BannedWord, ListingRevision, Product
from opsdesk.audit.models import AuditEntry
from opsdesk.webhooks.models import Event
from tests.builders import (
    a_draft_body,
    a_live_listing,
    a_shop,
    a_sku,
    a_submitted_listing,
    an_attribute,
)
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def issues_of(response: Any) -> list[tuple[str, str, str]]:
    return [(issue["severity"], issue["code"], issue["pointer"]) for issue in json.loads(response.content)["issues"]]


@pytest.mark.sop("C3")
@pytest.mark.sop("C5")
def test_supplier_data_becomes_a_draft(api: Api, shop: Any) -> None:
    body = a_draft_body("CUP", supplier="永康杯业")

    response = api.post("product-drafts/", body)

    answer = json.loads(response.content)
    assert (response.status_code, answer["state"], answer["no"], answer["issues"]) == (201, "draft", 1, [])
    revision = ListingRevision.objects.get(public_id=answer["id"])
    assert (revision.title, revision.supplier, revision.spec) == (body["title"], "永康杯业", body["spec"])
    assert revision.skus[0] == {
        "sku": body["skus"][0]["sku"],
        "barcode": "",
        "options": {"颜色": "红"},
        "cost": "40.00",
        "price": "99.00",
        "discount_price": None,
        "member_price": None,
        "competitor_price": None,
        "alert_threshold": None,
    }
    assert (revision.author, revision.author_label, revision.through_api) == (None, "storefront", True)
    assert AuditEntry.objects.get(subject_id=revision.public_id).action == "listings.drafted"
    assert answer["category"] == ["t-shirts-l1", "t-shirts-l2", "t-shirts"]
    assert (answer["allowed_transitions"], answer["shops"]) == (["submit"], ["tmall-01"])
    assert Product.objects.get().status == "draft"


@pytest.mark.sop("C3", refused=True)
@pytest.mark.sop("C5", refused=True)
def test_a_draft_with_errors_in_its_form_is_refused_with_all_of_them(api: Api, shop: Any) -> None:
    body = a_draft_body(images=["ftp://x/y.jpg"], status="live", spec={"容量": ["1"]})
    body["skus"][0] |= {"price": 99, "alert_threshold": True}
    del body["code"]
    before = row_counts()

    assert problem(api.post("product-drafts/", body)) == (
        400,
        "required",
        [
            ("/code", "required"),
            ("/spec/容量", "invalid_type"),
            ("/images/0/url", "invalid"),
            ("/skus/0/price", "invalid_amount"),
            ("/skus/0/alert_threshold", "invalid_number"),
            ("/status", "unknown_field"),
        ],
    )
    assert row_counts() == before


def test_a_draft_may_be_incomplete_and_says_so_at_once(api: Api, shop: Any) -> None:
    response = api.post("product-drafts/", {"code": "EMPTY"})

    assert response.status_code == 201
    assert issues_of(response) == [
        ("error", "required", "/title"),
        ("error", "required", "/core_keyword"),
        ("error", "required", "/category"),
        ("error", "required", "/spec"),
        ("error", "required", "/selling_points"),
        ("error", "required", "/use_scenarios"),
        ("error", "required", "/usage"),
        ("error", "required", "/precautions"),
        ("error", "required", "/skus"),
        ("warning", "recommended", "/brand"),
        ("warning", "recommended", "/model_no"),
        ("warning", "recommended", "/detail"),
        ("warning", "recommended", "/commitments"),
        ("error", "main_image_required", "/images"),
    ]


def test_a_dry_run_finds_the_same_and_writes_nothing(api: Api, shop: Any) -> None:
    body = a_draft_body(category="t-shirts-l2", title="杯子")
    before = row_counts()

    response = api.post("product-drafts/?dry_run=1", body, key=None)

    assert response.status_code == 200
    assert issues_of(response) == [
        ("error", "keyword_missing", "/title"),
        ("error", "category_not_leaf", "/category"),
    ]
    assert row_counts() == before


@pytest.mark.sop("C7")
@pytest.mark.parametrize(
    "category", ["t-shirts", ["t-shirts-l1", "t-shirts-l2", "t-shirts"], ["level 1", "level 2", "t-shirts"]]
)
def test_a_category_is_named_by_code_or_path(api: Api, shop: Any, category: Any) -> None:
    response = api.post("product-drafts/", a_draft_body(category=category))

    assert ListingRevision.objects.get().category_code == "t-shirts"
    assert issues_of(response) == []


@pytest.mark.sop("C7", refused=True)
@pytest.mark.parametrize(
    ("category", "code"),
    [("t-shirts-l1", "category_not_leaf"), ("t-shirts-l2", "category_not_leaf"), ("nowhere", "unknown_category")],
)
def test_a_product_hangs_on_a_leaf_of_level_three_only(api: Api, shop: Any, category: str, code: str) -> None:
    answer = json.loads(api.post("product-drafts/", a_draft_body(category=category)).content)
    before = row_counts()

    refused = api.post(f"product-drafts/{answer['id']}/submit/", {})

    assert problem(refused) == (422, "listing_has_errors", [("/category", code)])
    assert row_counts() == before
    assert ListingRevision.objects.get().state == "draft"


@pytest.mark.sop("C10")
def test_prices_that_earn_their_margin_may_be_submitted(api: Api, shop: Any) -> None:
    sku = {"sku": "A", "cost": "80.00", "price": "100.00", "discount_price": "90.00", "member_price": "80.00"}
    answer = json.loads(api.post("product-drafts/", a_draft_body(skus=[sku])).content)

    done = api.post(f"product-drafts/{answer['id']}/submit/", {})

    assert (done.status_code, json.loads(done.content)["state"]) == (200, "material_review")
    assert ListingRevision.objects.get().state == "material_review"
    assert list(Event.objects.order_by("id").values_list("type", "data__state")) == [("listing.submitted", "material_review")]


@pytest.mark.sop("C10", refused=True)
def test_prices_below_cost_or_margin_block_a_listing(api: Api, shop: Any) -> None:
    sku = {"sku": "A", "cost": "80.01", "price": "100.00", "discount_price": "100.01", "member_price": "80.00"}
    answer = json.loads(api.post("product-drafts/", a_draft_body(skus=[sku])).content)
    before = row_counts()

    refused = api.post(f"product-drafts/{answer['id']}/submit/", {})

    assert problem(refused) == (
        422,
        "listing_has_errors",
        [
            ("/skus/0/discount_price", "above_price"),
            ("/skus/0/price", "margin_below_target"),
            ("/skus/0/member_price", "below_cost"),
        ],
    )
    assert json.loads(refused.content)["errors"][1]["message"] == "The margin is 20.0 %, the target is 20 %."
    assert row_counts() == before


@pytest.mark.sop("C13", refused=True)
def test_banned_words_and_duplicates_block_a_listing(api: Api, shop: Any) -> None:
    a_sku(shop, code="TAKEN")
    BannedWord.objects.create(word="最佳", kind="false_claim")
    BannedWord.objects.create(word="大麻", allow_phrases=["大麻烦"])
    body = a_draft_body(selling_points=["全场最 佳", "不再有大麻烦"], skus=[{"sku": "TAKEN", "cost": "1.00", "price": "9.00"}])
    answer = json.loads(api.post("product-drafts/", body).content)

    assert problem(api.post(f"product-drafts/{answer['id']}/submit/", {})) == (
        422,
        "listing_has_errors",
        [("/skus/0/sku", "duplicate_sku"), ("/selling_points/0", "false_claim")],
    )
    assert ListingRevision.objects.get().state == "draft"


def test_the_same_draft_again_is_the_same_draft(api: Api, shop: Any) -> None:
    body = a_draft_body("CUP")
    first = json.loads(api.post("product-drafts/", body).content)
    before = row_counts()

    again = api.post("product-drafts/", body)

    assert (again.status_code, json.loads(again.content)["id"]) == (200, first["id"])
    assert row_counts() | {"doors_idempotencyrecord": 0} == before | {"doors_idempotencyrecord": 0}


def test_a_draft_for_an_unknown_shop_is_refused(api: Api, shop: Any) -> None:
    body = a_draft_body(shops=["tmall-01", "nowhere"])
    before = row_counts()

    response = api.post("product-drafts/", body)

    assert problem(response) == (422, "unknown_shop", [("/shops/1", "unknown_shop")])
    assert row_counts() == before


def test_a_stale_version_is_not_submitted(api: Api, shop: Any) -> None:
    answer = json.loads(api.post("product-drafts/", a_draft_body()).content)

    response = api.post(f"product-drafts/{answer['id']}/submit/", {}, **{"If-Match": '"99"'})

    assert problem(response) == (412, "stale_version", [])


def test_what_a_category_demands_must_be_specified(api: Api, shop: Any) -> None:
    for name in ("材质", "产地/省"):
        an_attribute(name, is_required=True)

    assert issues_of(api.post("product-drafts/", a_draft_body())) == [
        ("error", "missing_attribute", "/spec/产地~1省"),
        ("warning", "unknown_attribute", "/spec/容量"),
    ]


def test_a_listing_is_withdrawn_by_the_program_that_submitted_it(api: Api, shop: Any) -> None:
    revision = a_submitted_listing()

    answer = json.loads(api.post(f"product-drafts/{revision.public_id}/withdraw/", {}).content)

    assert (answer["state"], answer["allowed_transitions"]) == ("draft", ["submit"])
    again = api.post(f"product-drafts/{revision.public_id}/withdraw/", {})
    assert problem(again) == (409, "invalid_transition", [])
    assert json.loads(api.get(f"product-drafts/{revision.public_id}/").content)["state"] == "draft"


def test_a_dry_run_of_a_known_product_sees_it_as_its_next_revision(api: Api, shop: Any) -> None:
    live = a_live_listing(code="CUP")
    before = row_counts()

    response = api.post("product-drafts/?dry_run=1", a_draft_body("CUP", title=live.title, skus=live_skus(live)), key=None)

    assert (response.status_code, issues_of(response)) == (200, [])
    assert row_counts() == before


def live_skus(revision: ListingRevision) -> list[dict[str, Any]]:
    return [{"sku": sku["sku"], "cost": "40.00", "price": "98.00"} for sku in revision.skus]


def test_a_dry_run_is_asked_for_clearly(api: Api, shop: Any) -> None:
    body = a_draft_body()
    before = row_counts()

    response = api.post("product-drafts/?dry_run=yes", body)

    assert problem(response) == (400, "invalid_parameter", [("?dry_run", "invalid_parameter")])
    assert row_counts() == before
