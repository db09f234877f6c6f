"""What the automatic check finds through POST product-drafts/: forms, tags, commitments, barcodes, likeness, claims."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ListingRevision
from catalog.services.entry.claims import sync_claims
from tests.builders import a_draft_body, a_live_listing, a_shop, a_sku, an_attribute
from tests.builders.media import a_picture, an_asset
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
SKU = {"sku": "A", "cost": "40.00", "price": "99.00"}


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def answer_of(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.content)
    return found


def issues_of(response: Any) -> list[tuple[str, str, str]]:
    return [(issue["severity"], issue["code"], issue["pointer"]) for issue in answer_of(response)["issues"]]


def refused(api: Api, body: dict[str, Any]) -> tuple[int, str, list[tuple[str, str]]]:
    """What submitting the draft is refused with; nothing is written by trying."""
    draft = answer_of(api.post("product-drafts/", body))
    before = row_counts()
    found = problem(api.post(f"product-drafts/{draft['id']}/submit/", {}))
    assert row_counts() == before
    assert ListingRevision.objects.get(public_id=draft["id"]).state == "draft"
    return found


@pytest.fixture
def form(db: None) -> None:
    """A form of three fields."""
    an_attribute("容量", kind="number", unit="ml", is_required=True)
    an_attribute("材质", kind="choice", choices=("316不锈钢", "玻璃"), is_required=True)
    an_attribute("产地")


@pytest.mark.sop("C5")
@pytest.mark.usefixtures("form")
def test_a_draft_fills_in_the_form_of_its_category(api: Api) -> None:
    response = api.post("product-drafts/", a_draft_body(spec={"容量": "500ML", "材质": "玻璃"}))

    answer = answer_of(response)
    assert (issues_of(response), answer["completeness"]) == ([], {"percent": 100, "missing": []})
    assert api.post(f"product-drafts/{answer['id']}/submit/", {}).status_code == 200
    revision = ListingRevision.objects.get()
    assert (revision.state, revision.completeness, revision.spec) == (
        "material_review",
        100,
        {"容量": "500ML", "材质": "玻璃"},
    )


@pytest.mark.sop("C5", refused=True)
@pytest.mark.sop("C7", refused=True)
@pytest.mark.usefixtures("form")
def test_a_specification_that_does_not_fit_the_form_blocks_the_listing(api: Api) -> None:
    assert refused(api, a_draft_body(spec={"容量": "很大", "产地": "浙江"})) == (
        422,
        "listing_has_errors",
        [("/spec/容量", "not_a_number"), ("/spec/材质", "missing_attribute")],
    )


@pytest.mark.usefixtures("form")
def test_a_dry_run_answers_the_same_issues_and_completeness_and_writes_nothing(api: Api) -> None:
    sync_claims()
    body = a_draft_body(
        spec={"材质": "木"}, tags=["x"], commitments=[], usage="三天见效", skus=[SKU | {"barcode": "6901234567890"}]
    )
    before = row_counts()
    dry = api.post("product-drafts/?dry_run=1", body, key=None)
    assert row_counts() == before

    real = api.post("product-drafts/", body)

    assert answer_of(dry)["issues"] == answer_of(real)["issues"]
    assert [issue[1:] for issue in issues_of(dry)] == [
        ("recommended", "/commitments"),
        ("missing_attribute", "/spec/容量"),
        ("not_a_choice", "/spec/材质"),
        ("unknown_tag", "/tags/0"),
        ("invalid_barcode", "/skus/0/barcode"),
        ("false_claim", "/usage"),
    ]
    missing = {"percent": 88, "missing": ["/commitments", "/spec/容量"]}
    assert answer_of(dry)["completeness"] == answer_of(real)["completeness"] == missing
    assert answer_of(api.get(f"product-drafts/{answer_of(real)['id']}/"))["completeness"] == missing


@pytest.mark.sop("C8")
@pytest.mark.sop("C9")
def test_tags_and_commitments_are_named_by_code_or_label(api: Api) -> None:
    body = a_draft_body("CUP", tags=["hot", "热销", "新品"], commitments=["free-shipping", "7天无理由退换"])

    answer = answer_of(api.post("product-drafts/", body))

    assert (answer["tags"], answer["commitments"], answer["issues"]) == (["热销", "新品"], ["包邮", "7天无理由退换"], [])
    assert ListingRevision.objects.get().tags == ["热销", "新品"]
    for tag in ("hot", "热销"):
        assert [found["code"] for found in answer_of(api.get("products/", tag=tag))["results"]] == ["CUP"]
    assert answer_of(api.get("products/", tag="discount"))["results"] == []


@pytest.mark.sop("C8", refused=True)
@pytest.mark.sop("C9", refused=True)
def test_what_nobody_has_made_is_neither_tag_nor_promise(api: Api) -> None:
    assert refused(api, a_draft_body(tags=["新品", "爆款"], commitments=["终身保修"])) == (
        422,
        "listing_has_errors",
        [("/tags/1", "unknown_tag"), ("/commitments/0", "unknown_commitment")],
    )


@pytest.mark.sop("C13", refused=True)
def test_a_barcode_of_another_product_blocks_the_listing(api: Api) -> None:
    other = a_sku(code="B")
    type(other).objects.filter(pk=other.pk).update(barcode="6901234567892")

    assert refused(api, a_draft_body(skus=[SKU | {"barcode": "6901234567892"}])) == (
        422,
        "listing_has_errors",
        [("/skus/0/barcode", "duplicate_barcode")],
    )


def test_a_barcode_of_a_draft_elsewhere_is_a_duplicate_too(api: Api) -> None:
    api.post("product-drafts/", a_draft_body(skus=[SKU | {"sku": "B", "barcode": "6901234567892"}]))

    response = api.post("product-drafts/", a_draft_body(skus=[SKU | {"barcode": "6901234567892"}]))

    assert issues_of(response) == [("error", "duplicate_barcode", "/skus/0/barcode")]
    assert "SKU B has the same barcode." in str(answer_of(response)["issues"])


LONG = "晨光保温杯316不锈钢大容量便携车载学生水杯男女通用"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (LONG + " 款", [("warning", "similar_title", "/title")]),
        (LONG, [("error", "duplicate_title", "/title")]),
        (LONG.lower() + "！", [("error", "duplicate_title", "/title")]),
        ("晨光保温杯", []),
    ],
)
@pytest.mark.parametrize("taken_over", [False, True])
def test_titles_that_say_nearly_the_same_are_remarked_upon(api: Api, title: str, found: Any, taken_over: bool) -> None:
    if taken_over:
        product = a_sku(code="B").product
        type(product).objects.filter(pk=product.pk).update(title=LONG)
        found = [] if title.endswith("！") else found
        found = [("warning", "similar_title", "/title")] if title.endswith("！") else found
    else:
        a_live_listing(title=LONG)

    assert issues_of(api.post("product-drafts/", a_draft_body(title=title))) == found


@pytest.mark.sop("C16")
def test_the_automatic_check_lets_a_clean_product_through_to_its_reviewers(api: Api) -> None:
    sync_claims()
    body = a_draft_body(skus=[SKU | {"barcode": "6901234567892"}], detail="最大功率 500W，耐高温。")
    answer = answer_of(api.post("product-drafts/", body))

    done = answer_of(api.post(f"product-drafts/{answer['id']}/submit/", {}))

    assert (answer["issues"], done["state"]) == ([], "material_review")
    assert ListingRevision.objects.get().state == "material_review"


@pytest.mark.sop("C16", refused=True)
def test_the_automatic_check_stops_a_claim_and_names_its_place(api: Api) -> None:
    sync_claims()

    found = refused(api, a_draft_body(detail="本品治 疗关节炎", selling_points=["100％有效", "双层真空"]))

    assert found == (422, "listing_has_errors", [("/detail", "false_claim")])


def test_checking_costs_the_same_however_long_the_product_is(api: Api) -> None:
    counts = []
    for pieces in (1, 1, 100):  # the first call fills caches
        body = a_draft_body(skus=[SKU | {"sku": f"S{n}"} for n in range(pieces)])
        with CaptureQueriesContext(connection) as statements:
            assert api.post("product-drafts/?dry_run=1", body, key=None).status_code == 200
        counts.append(len(statements))

    assert counts[1] == counts[2]


@pytest.mark.sop("C13")
def test_a_picture_like_another_products_is_remarked_upon(api: Api, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    picture = a_picture(seed=3)
    marked = picture.copy()
    marked.putpixel((450, 450), (200, 200, 200))
    first, twin, other = an_asset(picture=picture), an_asset(picture=marked), an_asset(picture=picture.rotate(90))
    address = "https://img.shop.example/media/{}/image.jpg"

    def images(*assets: Any) -> list[dict[str, Any]]:
        return [{"url": address.format(asset.sha256), "kind": "main", "width": 900, "height": 900} for asset in assets]

    api.post("product-drafts/", a_draft_body("CUP", images=images(first)))

    found = api.post("product-drafts/", a_draft_body("MUG", images=images(other, twin)))

    alike = [issue for issue in answer_of(found)["issues"] if issue["code"] == "similar_image"]
    assert [(issue["severity"], issue["pointer"], issue["message"]) for issue in alike] == [
        ("warning", "/images/1", "Product CUP has nearly the same picture.")
    ]
    again = api.post("product-drafts/?dry_run=1", a_draft_body("CUP", images=images(first, other)), key=None)
    assert [issue["pointer"] for issue in answer_of(again)["issues"] if issue["code"] == "similar_image"] == [
        "/images/0",
        "/images/1",
    ]
