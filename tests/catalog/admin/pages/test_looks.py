"""The designer's periodic look at store pages, and how fast they load."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from catalog.gateways.page_speed import load
from catalog.models import ContentPage, PageFinding, PageMeasurement, PageReview
from catalog.services.pages import looking
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_shop, a_user
from tests.builders.pages import a_live_page, a_page
from tests.kit.browser import command, signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("shop")
DUE = NOW + timedelta(days=30)
GOOD = {"layout": "4", "colours": "5", "speed": "4"}
PAGE = b"""<html><head><link rel=stylesheet href=/a.css><link rel=canonical href=/x></head>
<body><img src=/b.png><img src=/b.png><script src=/c.js></script><img src=data:x><img src=/gone.png></body></html>"""
PARTS = {"/": PAGE, "/a.css": b"a" * 1000, "/b.png": b"b" * 5000, "/c.js": b"c" * 200}


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PARTS.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def storefront(settings: Any) -> Iterator[str]:
    settings.OUTBOUND_ALLOW_PRIVATE = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def designer(shop: Any) -> Client:
    return signed_in(a_user(Role.DESIGNER))


@pytest.fixture
def review(clock: Any) -> PageReview:
    a_live_page()
    assert run_at(name="catalog.review_pages", now=DUE) == 1
    return PageReview.objects.get()


def open_work() -> list[str]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", flat=True))


def screen(client: Client, finding: PageFinding) -> str:
    return client.get(f"/admin/catalog/pagefinding/{finding.public_id}/change/").content.decode()


def test_a_page_is_looked_at_again_when_its_time_has_come(clock: Any) -> None:
    a_live_page()
    assert run_at(name="catalog.review_pages", now=DUE - timedelta(seconds=1)) == 0
    assert run_at(name="catalog.review_pages", now=DUE) == 1
    assert run_at(name="catalog.review_pages", now=DUE) == 0
    assert open_work() == ["catalog.page_review"]


@pytest.mark.sop("C25")
def test_what_a_review_finds_becomes_work_and_is_put_right(designer: Client, review: PageReview) -> None:
    form = {**GOOD, "colours": "1", "colours_remark": "与品牌色不符"}
    assert command(designer, "catalog_pagereview", review.pk, "record", **form).status_code == 302

    finding = PageFinding.objects.get()
    assert (finding.aspect, finding.text, finding.state) == ("colours", "与品牌色不符", "open")
    assert open_work() == ["catalog.page_finding"]
    assert ContentPage.objects.get().look_by == NOW + timedelta(days=30)
    assert f"/admin/catalog/contentpage/{review.page_id}/write/" in screen(designer, finding)

    done = command(designer, "catalog_pagefinding", finding.pk, "finish", done_note="已换成品牌色")
    finding.refresh_from_db()
    assert (done.status_code, finding.state, finding.done_note, open_work()) == (302, "done", "已换成品牌色", [])
    assert f"/admin/catalog/contentpage/{review.page_id}/write/" not in screen(designer, finding)


@pytest.mark.sop("C25", refused=True)
def test_a_bad_mark_without_a_word_is_refused(designer: Client, review: PageReview) -> None:
    before = row_counts()
    response: Any = command(designer, "catalog_pagereview", review.pk, "record", **{**GOOD, "layout": "1"})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Say what is wrong where the mark is 1."]
    assert (row_counts(), open_work()) == (before, ["catalog.page_review"])


def test_marks_lie_between_one_and_five(designer: Client, review: PageReview) -> None:
    response: Any = command(designer, "catalog_pagereview", review.pk, "record", **{**GOOD, "layout": "6"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["layout"])


def test_who_is_no_designer_records_nothing(review: PageReview) -> None:
    client = signed_in(a_user(Role.MARKETING))
    assert command(client, "catalog_pagereview", review.pk, "record", **GOOD).status_code == 403
    assert PageReview.objects.get().state == "pending"


def test_a_page_and_its_parts_are_weighed(storefront: str) -> None:
    took = load(f"{storefront}/")
    assert (took.size, took.requests, took.failure) == (len(PAGE) + 1000 + 5000 + 200, 5, "")
    assert took.time is not None


@pytest.mark.parametrize(("path", "failure"), [("/nowhere", "status 404"), ("", "unreachable ConnectionError")])
def test_a_page_that_does_not_come_is_a_failure(storefront: str, path: str, failure: str) -> None:
    address = f"{storefront}{path}" if path else "http://127.0.0.1:9/"
    assert load(address).failure == failure


def test_addresses_within_the_house_are_not_loaded(storefront: str, settings: Any) -> None:
    settings.OUTBOUND_ALLOW_PRIVATE = False
    assert load(f"{storefront}/").failure == "forbidden_address"


def test_live_pages_are_measured_once_a_night(storefront: str, clock: Any) -> None:
    a_live_page(a_page(address=f"{storefront}/"))
    a_live_page(a_page("without-address"))
    assert run_at(name="catalog.measure_pages", now=NOW) == 1
    assert run_at(name="catalog.measure_pages", now=NOW + timedelta(hours=1)) == 0
    assert run_at(name="catalog.measure_pages", now=NOW + timedelta(hours=20)) == 1
    assert PageMeasurement.objects.filter(requests=5).count() == 2


def test_a_slow_page_is_a_finding_of_the_review(designer: Client, review: PageReview) -> None:
    looking.record_measurement(
        page_id=review.page_id, size=4_000_000, requests=10, time=timedelta(seconds=1), failure="", now=NOW
    )
    page = designer.get(f"/admin/catalog/pagereview/{review.pk}/change/")
    assert "The page weighs 4000 kB; 3000 kB are allowed." in page.content.decode()

    command(designer, "catalog_pagereview", review.pk, "record", **GOOD)

    finding = PageFinding.objects.get()
    assert (finding.aspect, finding.params) == ("speed", {"size": 4000, "limit": 3000})


def test_a_page_that_does_not_load_is_a_finding_of_the_review(designer: Client, review: PageReview) -> None:
    looking.record_measurement(page_id=review.page_id, size=0, requests=0, time=None, failure="status 503", now=NOW)
    assert "The page answers with error 503." in designer.get(f"/admin/catalog/pagereview/{review.pk}/change/").content.decode()

    command(designer, "catalog_pagereview", review.pk, "record", **GOOD)

    finding = PageFinding.objects.get()
    assert (finding.aspect, finding.params) == ("speed", {"detail": "503"})
    assert "The page answers with error 503." in designer.get("/admin/catalog/pagefinding/").content.decode()


def test_a_page_gets_its_address_and_is_measured_there(designer: Client, storefront: str, clock: Any) -> None:
    page = a_live_page().page
    url = f"/admin/catalog/contentpage/{page.pk}/address/"
    assert "Change the address" in designer.get(f"/admin/catalog/contentpage/{page.pk}/change/").content.decode()
    assert designer.post(url, {"address": "javascript:alert(1)"}).status_code == 422
    assert ContentPage.objects.get().address == ""

    assert designer.post(url, {"address": f"{storefront}/"}).status_code == 302

    assert ContentPage.objects.get().address == f"{storefront}/"
    assert run_at(name="catalog.measure_pages", now=NOW) == 1
    assert signed_in(a_user(Role.CUSTOMER_SERVICE)).post(url, {"address": ""}).status_code == 403
    assert ContentPage.objects.get().address == f"{storefront}/"
