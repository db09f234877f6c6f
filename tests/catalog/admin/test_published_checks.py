"""Looking at a published listing within 24 hours."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.models import PostPublishCheck
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import NOW, a_live_listing, a_shop, a_user
from tests.kit.browser import signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def specialist(shop: Any) -> Client:
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def look(client: Client, check: PostPublishCheck, **data: Any) -> Any:
    seen = {"category_ok": "True", "price_ok": "True", "evidence": "https://shop.example.com/1: 99.00"}
    return client.post(f"/admin/catalog/postpublishcheck/{check.pk}/do/record/", seen | data)


def open_kinds() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("kind").values_list("kind", "role"))


@pytest.mark.sop("C15")
def test_a_published_listing_is_checked_within_24_hours(specialist: Client) -> None:
    revision = a_live_listing()
    check = PostPublishCheck.objects.get()
    assert (check.state, check.check_by - revision.published_at) == ("pending", timedelta(hours=24))  # type: ignore[operator]
    assert WorkItem.objects.get(closed_at=None).due_at == check.check_by

    response = look(specialist, check)

    check.refresh_from_db()
    assert (response.status_code, check.state, check.category_ok, check.price_ok) == (302, "passed", True, True)
    assert (check.checked_at, open_kinds()) == (NOW, [])


@pytest.mark.sop("C15", refused=True)
@pytest.mark.parametrize("data", [{"evidence": " "}, {"price_ok": ""}, {"category_ok": "perhaps"}])
def test_a_check_says_what_was_seen(specialist: Client, data: dict[str, Any]) -> None:
    a_live_listing()
    check = PostPublishCheck.objects.get()
    before = row_counts()

    response = look(specialist, check, **data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, list(data))
    assert (PostPublishCheck.objects.get().state, row_counts()) == ("pending", before)


@pytest.mark.parametrize(("category_ok", "price_ok"), [("False", "True"), ("True", "False"), ("False", "False")])
def test_a_failed_check_is_urgent_work_until_it_passes(specialist: Client, category_ok: str, price_ok: str) -> None:
    a_live_listing()
    check = PostPublishCheck.objects.get()

    look(specialist, check, category_ok=category_ok, price_ok=price_ok)

    check.refresh_from_db()
    assert (check.state, open_kinds()) == ("failed", [("catalog.check_failed", "product_specialist")])
    assert WorkItem.objects.get(closed_at=None).due_at == NOW + timedelta(hours=2)
    event = Event.objects.order_by("id").last()
    assert event is not None
    assert (event.type, event.data["category_ok"], event.data["price_ok"]) == (
        "listing.check_failed",
        category_ok == "True",
        price_ok == "True",
    )
    look(specialist, check)
    check.refresh_from_db()
    assert (check.state, open_kinds()) == ("passed", [])


def test_a_check_that_passed_is_not_recorded_again(specialist: Client) -> None:
    a_live_listing()
    check = PostPublishCheck.objects.get()
    look(specialist, check)
    before = row_counts()

    assert look(specialist, check, price_ok="False").status_code == 422
    assert (PostPublishCheck.objects.get().state, row_counts()) == ("passed", before)


def test_a_check_past_its_time_goes_to_the_product_supervisor_once(specialist: Client) -> None:
    a_live_listing()
    check = PostPublishCheck.objects.get()

    assert run_at(name="catalog.escalate_checks", now=check.check_by) == 0
    assert run_at(name="catalog.escalate_checks", now=check.check_by + timedelta(seconds=1)) == 1
    assert run_at(name="catalog.escalate_checks", now=check.check_by + timedelta(hours=1)) == 0

    assert open_kinds() == [
        ("catalog.check_overdue", "product_supervisor"),
        ("catalog.post_publish_check", "product_specialist"),
    ]
    look(specialist, check)
    assert open_kinds() == []


@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR, Role.FINANCE])
def test_nobody_else_records_a_check(role: Role) -> None:
    a_live_listing()
    client = signed_in(a_user(role))
    before = row_counts()

    assert look(client, PostPublishCheck.objects.get()).status_code == 403
    assert row_counts() == before


def test_the_page_shows_what_the_shop_must_show(specialist: Client) -> None:
    revision = a_live_listing()

    page = specialist.get(f"/admin/catalog/postpublishcheck/{PostPublishCheck.objects.get().public_id}/change/")

    assert page.context["expected"].category == ("level 1", "level 2", "t-shirts")
    assert f"{revision.skus[0]['sku']}</th>" in page.content.decode()
