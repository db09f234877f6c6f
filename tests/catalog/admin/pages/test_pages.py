"""Store pages in the browser: written by the designer, judged by another, swapped at their time, read by REST."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums.pages import PageState
from catalog.models import ContentPage, PageVersion
from catalog.rules.pages.blocks import Block
from catalog.services.pages import swapping
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_client, a_product, a_shop, a_user
from tests.builders.pages import a_live_page, a_page, a_page_draft, an_approved_page
from tests.kit.browser import command, signed_in
from tests.kit.browser_forms import rows
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def designer(shop: Any) -> Client:
    return signed_in(a_user(Role.DESIGNER))


@pytest.fixture
def supervisor(shop: Any) -> Client:
    return signed_in(a_user(Role.OPERATIONS_SUPERVISOR))


def write(client: Client, page: ContentPage, *blocks: dict[str, Any], **changes: Any) -> Any:
    form = {"title": "双十一", "version": "", **rows("blocks", *blocks), **changes}
    return client.post(reverse("admin:catalog_contentpage_write", args=[page.pk]), form)


def judge(client: Client, version: PageVersion, verdict: str = "approve", **data: Any) -> Any:
    seen = {"seen_hash": version.content_hash, "verdict": verdict}
    return client.post(reverse("admin:catalog_pageversion_judge", args=[version.pk]), seen | data)


def open_work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", "role"))


@pytest.mark.sop("C25")
def test_a_page_is_written_judged_and_put_live(designer: Client, supervisor: Client, api: Api) -> None:
    a_product(Shop.objects.get(), code="CUP")
    opened = designer.post(
        reverse("admin:catalog_contentpage_add"),
        {"shop_code": "tmall-01", "kind": "campaign", "slug": "1111", "title": "双十一", "address": ""},
    )
    page = ContentPage.objects.get()
    assert opened["Location"] == f"/admin/catalog/contentpage/{page.pk}/write/"
    write(
        designer,
        page,
        {"position": 20, "kind": "products", "products": "CUP"},
        {"position": 10, "kind": "banner", "image": "/b.webp", "image_alt": "全场五折"},
        {"kind": "text"},
    )
    version = PageVersion.objects.get()
    assert [block["kind"] for block in version.blocks] == ["banner", "products"]

    assert command(designer, "catalog_pageversion", version.pk, "submit").status_code == 302
    assert open_work() == [("catalog.judge_page", "operations_supervisor")]
    version.refresh_from_db()
    assert judge(supervisor, version).status_code == 302
    assert open_work() == [("catalog.publish_page", "designer")]
    assert command(designer, "catalog_pageversion", version.pk, "publish").status_code == 302

    page.refresh_from_db()
    assert (page.live_version_id, page.look_by, open_work()) == (version.pk, NOW + timedelta(days=30), [])
    shown = json.loads(api.get("pages/", shop="tmall-01", kind="campaign", slug="1111").content)["results"]
    assert [(row["title"], row["version_no"], [block["kind"] for block in row["blocks"]]) for row in shown] == [
        ("双十一", 1, ["banner", "products"])
    ]


@pytest.mark.sop("C25", refused=True)
def test_a_page_with_errors_is_not_submitted_and_every_error_is_named(designer: Client) -> None:
    version = a_page_draft(None, *[Block("products", products=("GONE",)), Block("text", heading="x")])
    before = row_counts()

    response: Any = command(designer, "catalog_pageversion", version.pk, "submit")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Product GONE is not on sale in this shop.",
        "This field is required.",
    ]
    assert (row_counts(), PageVersion.objects.get().state) == (before, PageState.DRAFT)


@pytest.mark.sop("C25", refused=True)
def test_whoever_wrote_a_page_does_not_judge_it_not_even_as_superuser(shop: Any) -> None:
    user = a_user(Role.DESIGNER, Role.OPERATIONS_SUPERVISOR, superuser=True)
    client = signed_in(user)
    page = a_page()
    write(client, page, {"kind": "banner", "image": "/b.webp", "image_alt": "x"})
    version = PageVersion.objects.get()
    command(client, "catalog_pageversion", version.pk, "submit")
    version.refresh_from_db()
    before = row_counts()

    response = judge(client, version)

    assert response.status_code == 403
    assert "may not judge it" in response.content.decode()
    assert (row_counts(), PageVersion.objects.get().state) == (before, PageState.IN_REVIEW)


def test_a_returned_page_is_work_for_the_designer_until_it_is_submitted_again(designer: Client, supervisor: Client) -> None:
    version = a_page_draft()
    command(designer, "catalog_pageversion", version.pk, "submit")
    version.refresh_from_db()
    assert judge(supervisor, version, "return", reasons=["layout"], note="乱").status_code == 302
    assert open_work() == [("catalog.page_returned", "designer")]

    version.refresh_from_db()
    changed = write(designer, version.page, {"kind": "text", "text": "清楚"}, version=version.version)
    assert changed.status_code == 302
    assert open_work() == []
    version.refresh_from_db()
    assert (version.state, version.blocks[0]["text"]) == ("draft", "清楚")


def test_a_stale_save_is_refused(designer: Client) -> None:
    version = a_page_draft()
    response = write(designer, version.page, {"kind": "text", "text": "x"}, version=version.version + 1)
    assert response.status_code == 422
    assert PageVersion.objects.get().blocks[0]["kind"] == "banner"


def test_a_page_swaps_at_its_time_and_the_old_one_is_kept(designer: Client, clock: Any) -> None:
    old = a_live_page()
    new = an_approved_page(old.page, Block("text", text="新"))
    at = NOW + timedelta(hours=2)
    form = {"swap_at": at.astimezone().strftime("%Y-%m-%dT%H:%M")}
    scheduled: Any = command(designer, "catalog_pageversion", new.pk, "schedule", swap_at=form["swap_at"])
    assert scheduled.status_code == 302
    new.refresh_from_db()
    swap_at = new.swap_at
    assert swap_at is not None

    assert run_at(name="catalog.swap_pages", now=swap_at - timedelta(seconds=1)) == 0
    assert run_at(name="catalog.swap_pages", now=swap_at) == 1
    assert run_at(name="catalog.swap_pages", now=swap_at) == 0
    states = dict(PageVersion.objects.values_list("no", "state"))
    assert states == {1: "replaced", 2: "live"}
    assert ContentPage.objects.get().live_version_id == new.pk


def test_a_swap_that_is_no_longer_possible_goes_back_to_a_person(designer: Client) -> None:
    page = a_page()
    product = a_product(page.shop, code="CUP")
    version = an_approved_page(page, Block("products", products=("CUP",)))
    swapping.schedule(version_id=version.pk, swap_at=NOW + timedelta(hours=1), actor=SYSTEM, now=NOW)
    type(product).objects.update(status="delisted")

    assert run_at(name="catalog.swap_pages", now=NOW + timedelta(hours=1)) == 0

    version.refresh_from_db()
    assert (version.state, version.swap_at, open_work()) == ("approved", None, [("catalog.publish_page", "designer")])


def test_time_gone_by_is_refused(designer: Client) -> None:
    version = an_approved_page()
    response: Any = command(designer, "catalog_pageversion", version.pk, "schedule", swap_at="2020-01-01T00:00")
    assert (response.status_code, PageVersion.objects.get().swap_at) == (422, None)


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.FINANCE, Role.CUSTOMER_SERVICE])
def test_other_desks_write_and_judge_nothing(role: Role) -> None:
    version = a_page_draft()
    client = signed_in(a_user(role))
    before = row_counts()
    assert client.get(reverse("admin:catalog_contentpage_add")).status_code == 403
    assert write(client, version.page, {"kind": "text", "text": "x"}).status_code == 403
    assert command(client, "catalog_pageversion", version.pk, "submit").status_code == 403
    assert judge(client, version).status_code == 403
    assert row_counts() == before


def test_only_live_pages_of_its_shops_are_read_by_a_client(api: Api) -> None:
    live = a_live_page()
    a_page("draft")
    other = Api(a_client("products:read", shops=[a_shop("douyin-01").code]))
    assert [row["id"] for row in json.loads(api.get("pages/").content)["results"]] == [live.page.public_id]
    assert json.loads(other.get("pages/").content)["results"] == []
    assert problem(other.get(f"pages/{live.page.public_id}/"))[:2] == (404, "not_found")
    assert json.loads(api.get(f"pages/{live.page.public_id}/").content)["slug"] == "home"
    assert problem(Api(a_client("orders:read")).get("pages/"))[:2] == (403, "permission_denied")


@pytest.mark.parametrize("screen", ["contentpage", "pageversion"])
def test_lists_take_the_same_number_of_statements_for_more_rows(designer: Client, screen: str) -> None:
    address = reverse(f"admin:catalog_{screen}_changelist")
    a_live_page(a_page("one"))
    designer.get(address)
    with CaptureQueriesContext(connection) as few:
        designer.get(address)
    for number in range(5):
        a_live_page(a_page(f"more-{number}"))
    with CaptureQueriesContext(connection) as many:
        designer.get(address)
    assert len(few) == len(many)
