"""The probe of a publication: equal passes the check, different fails it, unreadable is another desk's matter."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import DelistProposal, ListingError, PostPublishCheck, ProbeRun, Storefront
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
DUE = NOW + timedelta(minutes=10)


def probe(after: timedelta = timedelta(0)) -> int:
    return run_at(name="catalog.probe_checks", now=DUE + after)


def open_kinds() -> list[str]:
    return sorted(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))


def outcomes() -> list[str]:
    return list(ProbeRun.objects.order_by("id").values_list("outcome", flat=True))


def the_check() -> PostPublishCheck:
    return PostPublishCheck.objects.get()


def test_a_page_that_shows_it_right_passes_the_check(front: Shopfront, shop: Shop) -> None:
    a_storefront(shop, front.url)
    revision = a_live_listing()
    front.answer = says_json(a_page_of(revision))

    assert run_at(name="catalog.probe_checks", now=DUE - timedelta(seconds=1)) == 0
    assert front.paths == []
    assert (probe(), probe()) == (0, 0)

    check = the_check()
    assert (check.state, check.category_ok, check.price_ok, check.by_probe) == ("passed", True, True, True)
    assert (check.checked_by, check.checked_at, check.probe_at) == (None, DUE, None)
    assert check.evidence.startswith(f"{front.url}/p/{revision.product.code}\ncategory: level 1 | level 2 | t-shirts")
    assert (front.paths, outcomes(), open_kinds()) == ([f"/p/{revision.product.code}"], ["equal"], [])


@pytest.mark.sop("C15")
@pytest.mark.parametrize(
    ("changes", "category_ok", "price_ok", "field"),
    [
        ({"category": ["level 1", "level 2", "shoes"]}, False, True, "category"),
        ({"skus": [{"sku": "CUP-RED", "price": "98.99"}]}, True, False, "price"),
        ({"skus": []}, True, False, "price"),
        ({"services": []}, True, True, "commitments"),
        ({"title": "Another"}, True, True, "title"),
    ],
)
def test_a_difference_fails_the_check_until_the_shop_is_repaired(
    front: Shopfront, shop: Shop, changes: dict[str, Any], category_ok: bool, price_ok: bool, field: str
) -> None:
    a_storefront(shop, front.url)
    revision = a_live_listing(skus=[{"sku": "CUP-RED", "cost": "40.00", "price": "99.00"}])
    specialist = signed_in(a_user(Role.PRODUCT_SPECIALIST))
    front.answer = says_json(a_page_of(revision, **changes))

    assert probe() == 1

    check = the_check()
    assert (check.state, check.category_ok, check.price_ok) == ("failed", category_ok, price_ok)
    assert open_kinds() == ["catalog.check_failed"]
    errors = list(ListingError.objects.values_list("field", "source", "specialist_label", "corrected_at"))
    assert errors == [(field, "probe", revision.author_label, None)]
    page = text_of(specialist.get(f"/admin/catalog/postpublishcheck/{check.public_id}/change/"))
    assert "Read the shop again" in page

    front.answer = says_json(a_page_of(revision))
    assert command(specialist, "catalog_postpublishcheck", check.pk, "probe").status_code == 302
    assert probe() == 0
    check.refresh_from_db()
    assert (check.state, open_kinds()) == ("passed", [])
    assert ListingError.objects.get().corrected_at == DUE


def test_a_failure_that_is_not_repaired_in_time_asks_whether_to_delist(front: Shopfront, shop: Shop) -> None:
    a_storefront(shop, front.url)
    revision = a_live_listing()
    stock_up(revision.product.skus.get(), 50)
    front.answer = says_json(a_page_of(revision, title="Another"))
    probe()

    def asked(after: timedelta) -> list[tuple[str, str]]:
        run_at(name="catalog.propose_delisting", now=DUE + after)
        return list(DelistProposal.objects.values_list("reason", "state"))

    assert asked(timedelta(hours=2)) == []
    assert asked(timedelta(hours=2, seconds=1)) == [("quality", "open")]
    front.answer = says_json(a_page_of(revision))
    probe(timedelta(hours=3))
    assert asked(timedelta(hours=3)) == [("quality", "withdrawn")]


def test_a_shop_that_cannot_be_read_is_the_technical_desks_matter(front: Shopfront, shop: Shop) -> None:
    place = a_storefront(shop, front.url)
    revision = a_live_listing()
    front.answer = says(b"", status=503)

    assert (probe(), probe(timedelta(minutes=29)), probe(timedelta(minutes=30))) == (0, 0, 0)

    check, item = the_check(), WorkItem.objects.get(kind="catalog.storefront_unreadable")
    assert (check.state, outcomes()) == ("pending", ["status", "status"])
    assert (item.role, item.subject_id, item.due_at) == ("technical", place.public_id, DUE + timedelta(hours=4))
    assert Storefront.objects.get().failing_since == DUE
    assert signed_in(a_user(Role.TECHNICAL)).get(f"/admin/catalog/storefront/{place.public_id}/change/").status_code == 200
    assert not ListingError.objects.exists()

    front.answer = says_json(a_page_of(revision))
    probe(timedelta(hours=1))
    item.refresh_from_db()
    assert (the_check().state, item.outcome, Storefront.objects.get().failing_since) == ("passed", "readable", None)


def test_a_person_confirms_when_the_shop_wants_it(front: Shopfront, shop: Shop) -> None:
    override(code="catalog.person_confirms_probe", value=1, reason="trial", actor=SYSTEM, now=NOW)
    forget_cached()
    a_storefront(shop, front.url)
    front.answer = says_json(a_page_of(a_live_listing()))

    probe()
    probe(timedelta(hours=1))

    check = the_check()
    assert (check.state, check.probe_at, outcomes()) == ("pending", None, ["equal"])
    assert (check.evidence[:7], open_kinds()) == ("http://", ["catalog.post_publish_check"])


def test_every_shop_of_the_listing_is_read(front: Shopfront, shop: Shop) -> None:
    other = a_shop("jd-01")
    a_storefront(shop, front.url)
    a_storefront(other, f"{front.url}/jd")
    revision = a_live_listing(shops=["tmall-01", "jd-01"])
    right, wrong = a_page_of(revision), a_page_of(revision, title="Another")
    front.answer = lambda request: says_json(wrong if request.path.startswith("/jd") else right)(request)

    assert probe() == 1
    assert (the_check().state, sorted(outcomes())) == ("failed", ["different", "equal"])


def test_without_a_storefront_a_person_looks_and_a_new_storefront_is_read_at_once(front: Shopfront, shop: Shop) -> None:
    revision = a_live_listing()
    assert probe() == 0
    assert (the_check().probe_at, ProbeRun.objects.count()) == (None, 0)
    front.answer = says_json(a_page_of(revision))

    a_storefront(shop, front.url)
    probe()

    assert the_check().state == "passed"


@pytest.mark.sop("C15", refused=True)
def test_a_passed_check_is_not_read_again_and_others_may_not_ask(front: Shopfront, shop: Shop) -> None:
    a_storefront(shop, front.url)
    front.answer = says_json(a_page_of(a_live_listing()))
    probe()
    specialist, service = signed_in(a_user(Role.PRODUCT_SPECIALIST)), signed_in(a_user(Role.CUSTOMER_SERVICE))
    before = row_counts()

    again = command(specialist, "catalog_postpublishcheck", the_check().pk, "probe")
    assert (again.status_code, b"is not possible in state passed" in again.content) == (422, True)
    assert command(service, "catalog_postpublishcheck", the_check().pk, "probe").status_code == 403
    assert row_counts() == before


def test_the_page_shows_the_probes(front: Shopfront, shop: Shop) -> None:
    a_storefront(shop, front.url)
    front.answer = says_json(a_page_of(a_live_listing(), title="Another"))
    probe()
    client = signed_in(a_user(Role.PRODUCT_SPECIALIST))

    page = text_of(client.get(f"/admin/catalog/postpublishcheck/{the_check().pk}/change/"))
    assert "≠ Another" in page
    run = ProbeRun.objects.get()
    assert "It must show" in text_of(client.get(f"/admin/catalog/proberun/{run.pk}/change/"))
    assert client.get("/admin/catalog/proberun/").status_code == 200
    assert signed_in(a_user(Role.WAREHOUSE)).get("/admin/catalog/proberun/").status_code == 403
