"""An update of a product says what it changes and why; old and new stay comparable."""

import json

import pytest

from catalog.models import ListingRevision
from opsdesk.accounts.roles import Role
from tests.builders import a_client, a_draft_body, a_live_listing, a_shop
from tests.kit.browser import Staff, text_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db


@pytest.mark.sop("C21")
def test_an_update_says_what_it_changes_and_can_be_compared() -> None:
    a_shop()
    live = a_live_listing(code="CUP")
    api = Api(a_client())
    body = a_draft_body("CUP", title="晨光 保温杯 新款", change_kinds=["style", "packaging"], change_reason="新包装")
    draft = json.loads(api.post("product-drafts/", body | {"shops": ["tmall-01"]}).content)
    assert (draft["change_kinds"], draft["change_reason"]) == (["style", "packaging"], "新包装")
    assert api.post(f"product-drafts/{draft['id']}/submit/", {}).status_code == 200
    page = text_of(Staff(Role.PRODUCT_SUPERVISOR).open("catalog_listingrevision_compare", live.product_id))
    assert ("新包装" in page, "<ins>" in page, "<del>" in page) == (True, True, True)
    assert Staff(Role.PRODUCT_SUPERVISOR).open("catalog_listingrevision_compare", 0).status_code == 404


@pytest.mark.sop("C21", refused=True)
def test_an_update_without_its_reason_is_not_handed_in() -> None:
    a_shop()
    a_live_listing(code="CUP")
    api = Api(a_client())
    body = a_draft_body("CUP", shops=["tmall-01"])
    del body["change_kinds"], body["change_reason"]
    draft = json.loads(api.post("product-drafts/", body).content)
    before = row_counts()
    status, code, issues = problem(api.post(f"product-drafts/{draft['id']}/submit/", {}))
    assert (status, code) == (422, "listing_has_errors")
    assert issues == [("/change_kinds", "required"), ("/change_reason", "required")]
    assert row_counts() == before
    assert ListingRevision.objects.get(public_id=draft["id"]).state == "draft"
