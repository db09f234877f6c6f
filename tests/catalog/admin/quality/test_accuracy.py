"""The periodic check of live listings, by probe and by a person."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.models import AccuracyCheck, ListingError, ListingRevision
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_live_listing, a_page_of, a_shop, a_storefront, a_user, stock_up
from tests.kit.browser import command, signed_in, text_of
from tests.kit.rows import row_counts
from tests.kit.storefront import Shopfront, says, says_json

pytestmark = pytest.mark.usefixtures("clock", "shop")
WEEK = timedelta(days=7)


@pytest.fixture
def specialist(db: None) -> Client:
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def probe(now: datetime = NOW) -> int:
    return run_at(name="catalog.probe_accuracy", now=now)


def pick(now: datetime = NOW) -> int:
    return run_at(name="catalog.pick_reviews", now=now)


def open_kinds() -> list[str]:
    items = WorkItem.objects.filter(closed_at=None, kind__startswith="catalog.accuracy")
    return sorted(items.values_list("kind", flat=True))


def stocked(revision: ListingRevision) -> ListingRevision:
    stock_up(revision.product.skus.get(), 5)
    return revision


@pytest.mark.sop("C18")
def test_a_difference_is_the_specialists_work_until_it_is_settled(front: Shopfront, shop: Shop, specialist: Client) -> None:
    a_storefront(shop, front.url, available="stock")
    revision = stocked(a_live_listing())
    page = a_page_of(revision)
    page["skus"][0]["stock"] = False
    front.answer = says_json(page)

    assert [probe(), probe()] == [1, 0]

    check = AccuracyCheck.objects.get()
    assert (check.state, check.probed_at, check.probe_by) == ("different", NOW, NOW + WEEK)
    assert [(one["field"], one["expected"], one["seen"]) for one in check.differences] == [
        ("stock", "in stock", "out of stock")
    ]
    assert (open_kinds(), len(front.paths)) == (["catalog.accuracy_differs"], 1)
    assert ListingError.objects.get().field == "stock"
    assert "out of stock" in text_of(specialist.get(f"/admin/catalog/accuracycheck/{check.public_id}/change/"))

    assert command(specialist, "catalog_accuracycheck", check.pk, "settle", note="Synchronised.").status_code == 302
    check.refresh_from_db()
    assert (check.state, check.probe_by, open_kinds()) == ("current", NOW, [])
    assert ListingError.objects.get().corrected_at == NOW
    front.answer = says_json(a_page_of(revision))
    assert probe() == 0
    check.refresh_from_db()
    assert (check.state, check.differences) == ("current", [])


def test_a_shop_that_is_right_again_closes_the_work_by_itself(front: Shopfront, shop: Shop) -> None:
    a_storefront(shop, front.url)
    revision = a_live_listing()
    front.answer = says_json(a_page_of(revision, title="Another"))
    probe()
    front.answer = says(b"", status=500)
    probe(NOW + WEEK)
    assert (AccuracyCheck.objects.get().state, open_kinds()) == ("different", ["catalog.accuracy_differs"])
    front.answer = says_json(a_page_of(revision))

    assert probe(NOW + 2 * WEEK) == 0
    assert (AccuracyCheck.objects.get().state, open_kinds()) == ("current", [])
    assert ListingError.objects.get().corrected_at == NOW + 2 * WEEK


def test_listings_take_turns_the_oldest_first(front: Shopfront, shop: Shop) -> None:
    override(code="catalog.accuracy_batch", value=2, reason="trial", actor=SYSTEM, now=NOW)
    forget_cached()
    a_storefront(shop, front.url)
    listings = [a_live_listing() for _ in range(3)]
    by_path = {f"/p/{one.product.code}": a_page_of(one) for one in listings}
    front.answer = lambda request: says_json(by_path[request.path])(request)

    probe()
    assert front.paths == list(by_path)[:2]
    probe(NOW + timedelta(minutes=10))
    assert front.paths == list(by_path)
    probe(NOW + timedelta(minutes=20))
    probe(NOW + WEEK)
    assert front.paths == [*by_path, *list(by_path)[:2]]


@pytest.mark.sop("C18")
def test_a_person_reviews_some_listings_every_week(shop: Shop, specialist: Client) -> None:
    override(code="catalog.review_batch", value=1, reason="trial", actor=SYSTEM, now=NOW)
    forget_cached()
    first, second = a_live_listing(), a_live_listing()

    assert [pick(), pick()] == [1, 0]

    check = AccuracyCheck.objects.get(state="to_review")
    item = WorkItem.objects.get(kind="catalog.accuracy_review")
    assert (check.product, item.subject_id, item.due_at) == (first.product, check.public_id, NOW + timedelta(days=5))
    done = command(specialist, "catalog_accuracycheck", check.pk, "review", wrong_field="detail", note="Old capacity.")
    assert done.status_code == 302
    check.refresh_from_db()
    item.refresh_from_db()
    assert (check.state, check.reviewed_at, check.review_by, item.outcome) == ("current", NOW, None, "current")
    error = ListingError.objects.get()
    assert (error.field, error.source, error.note) == ("detail", "review", "Old capacity.")
    pick(NOW + WEEK)
    assert AccuracyCheck.objects.get(state="to_review").product == second.product


@pytest.mark.sop("C18", refused=True)
def test_a_review_says_what_was_seen_and_a_settled_one_is_not_settled_again(shop: Shop, specialist: Client) -> None:
    a_live_listing()
    pick()
    check = AccuracyCheck.objects.get()
    auditor = signed_in(a_user(Role.AUDITOR))
    before = row_counts()

    nothing = command(specialist, "catalog_accuracycheck", check.pk, "review", wrong_field="", note=" ")
    settle = command(specialist, "catalog_accuracycheck", check.pk, "settle", note="done")
    unknown = command(specialist, "catalog_accuracycheck", check.pk, "review", wrong_field="colour", note="x")

    assert [one.status_code for one in (nothing, settle, unknown)] == [422, 422, 422]
    assert b"is not possible in state to_review" in settle.content
    assert command(auditor, "catalog_accuracycheck", check.pk, "review", note="x").status_code == 403
    assert (AccuracyCheck.objects.get().state, row_counts()) == ("to_review", before)


def test_another_shops_listing_is_not_ones_own(shop: Shop) -> None:
    a_live_listing()
    pick()
    stranger: Any = signed_in(a_user(Role.PRODUCT_SPECIALIST, shops=[a_shop("jd-01")]))

    check = AccuracyCheck.objects.get()
    assert command(stranger, "catalog_accuracycheck", check.pk, "review", note="x").status_code == 404
    assert AccuracyCheck.objects.get().state == "to_review"
    assert stranger.get("/admin/catalog/accuracycheck/").status_code == 200
