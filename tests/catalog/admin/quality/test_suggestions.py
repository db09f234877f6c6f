"""Suggestions: raised by rows, decided by the specialist, measured after the change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.enums.quality import FeedbackReason, FeedbackSource
from catalog.enums.stock import MovementReason
from catalog.models import ListingRevision, ProductFeedback, ProductVisits, Sku, Suggestion
from catalog.services.judgement import submit
from catalog.services.publishing import publish
from catalog.services.stock import Booking, book
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_live_listing, a_user, a_warehouse, an_actor, approve, some_feedback, stock_up
from tests.kit.browser import command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)


@pytest.fixture
def sku(shop: Any) -> Sku:
    found = a_live_listing().product.skus.get()
    stock_up(found, 1000)
    return found


@pytest.fixture
def specialist(shop: Any) -> Client:
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def suggest(now: datetime = NOW) -> int:
    return run_at(name="catalog.suggest_changes", now=now)


def follow(now: datetime) -> int:
    return run_at(name="catalog.follow_suggestions", now=now)


def sell(sku: Sku, pieces: int, at: datetime) -> None:
    booking = Booking(sku.pk, a_warehouse().pk, -pieces, f"sale:{sku.pk}:{at.isoformat()}:{pieces}")
    book([booking], reason=MovementReason.SALE, actor=SYSTEM, now=at)


def open_work() -> int:
    return WorkItem.objects.filter(kind="catalog.suggestion", closed_at=None).count()


@pytest.mark.sop("C19")
def test_a_suggestion_names_its_rows_and_is_measured_after_the_change(sku: Sku, specialist: Client) -> None:
    some_feedback(sku, 3, at=NOW - DAY)
    assert [suggest(), suggest()] == [1, 0]
    one = Suggestion.objects.get()
    assert (one.rule, one.field, one.state) == ("return_reason", "spec", "open")
    assert one.feedback_ids == list(ProductFeedback.objects.order_by("id").values_list("pk", flat=True))
    assert (WorkItem.objects.get(kind="catalog.suggestion").subject_id, open_work()) == (one.public_id, 1)
    page = text_of(specialist.get(f"/admin/catalog/suggestion/{one.public_id}/change/"))
    assert "3 of 3 returns for the same reason." in page
    assert "R-2" in page

    assert command(specialist, "catalog_suggestion", one.pk, "accept").status_code == 302
    one.refresh_from_db()
    assert one.revision is not None
    assert (one.state, one.revision.state, one.revision.no, open_work()) == ("accepted", "draft", 2, 0)
    assert follow(NOW) == 0

    sell(sku, 28, NOW - DAY)
    put_on_sale(one.revision)
    assert [follow(NOW), follow(NOW)] == [1, 0]
    one.refresh_from_db()
    assert (one.state, one.published_at, one.measure_by) == ("published", NOW, NOW + 14 * DAY)

    sell(sku, 42, NOW + DAY)
    some_feedback(sku, 3, at=NOW + DAY, start="later")
    assert follow(NOW + 14 * DAY - timedelta(hours=1)) == 0
    assert [follow(NOW + 14 * DAY), follow(NOW + 15 * DAY)] == [1, 0]
    one.refresh_from_db()
    assert (one.state, one.effect, one.closed_at) == ("measured", "better", NOW + 14 * DAY)
    assert (one.before["per_day"], one.after["per_day"]) == (2.0, 3.0)
    assert (one.before["return_rate"], one.after["return_rate"]) == (0.1071, 0.0714)
    shown = specialist.get(f"/admin/catalog/suggestion/{one.pk}/change/")
    unknown = "not known: no visitors were imported for these days"
    assert [tuple(map(str, row)) for row in shown.context["figures"]] == [
        ("Pieces sold a day", "2.00", "3.00"),
        ("Pieces sold", "28", "42"),
        ("Pieces returned", "3", "3"),
        ("Return rate", "10.7 %", "7.1 %"),
        ("Conversion", unknown, unknown),
    ]
    assert "3 of 3 returns for the same reason. (Size does not fit)" in text_of(shown)


@pytest.mark.sop("C19")
@pytest.mark.parametrize(
    ("sold", "returned", "rates", "effect"),
    [
        ((40, 40), (4, 5), (0.1, 0.125), "worse"),
        ((40, 40), (4, 4), (0.1, 0.1), "same"),
        ((40, 40), (4, 3), (0.1, 0.075), "better"),
        ((0, 40), (3, 3), (None, 0.075), "better"),
        ((0, 0), (3, 3), (None, None), "same"),
    ],
)
def test_a_suggestion_closes_on_the_return_rate_before_and_after(
    sku: Sku, specialist: Client, sold: tuple[int, int], returned: tuple[int, int], rates: tuple[Any, Any], effect: str
) -> None:
    some_feedback(sku, returned[0], at=NOW - DAY)
    suggest()
    one = Suggestion.objects.get()
    command(specialist, "catalog_suggestion", one.pk, "accept")
    one.refresh_from_db()
    assert one.revision is not None
    put_on_sale(one.revision)
    follow(NOW)
    for pieces, at in zip(sold, (NOW - DAY, NOW + DAY), strict=True):
        if pieces:
            sell(sku, pieces, at)
    some_feedback(sku, returned[1], at=NOW + DAY, start="later")

    assert follow(NOW + 14 * DAY) == 1

    one.refresh_from_db()
    assert (one.state, one.effect, one.before["return_rate"], one.after["return_rate"]) == ("measured", effect, *rates)
    assert (one.before["conversion"], one.after["conversion"]) == (None, None)
    figures = specialist.get(f"/admin/catalog/suggestion/{one.pk}/change/").context["figures"]
    assert (str(figures[3][1]) == "not known: nothing was sold") is (rates[0] is None)


@pytest.mark.parametrize(
    ("visitors", "effect", "shown"),
    [
        ((100, 100), "worse", ("10.0 %", "5.0 %")),
        ((100, 50), "same", ("10.0 %", "10.0 %")),
        ((100, 40), "better", ("10.0 %", "12.5 %")),
    ],
)
def test_where_visitors_are_known_the_effect_goes_by_conversion(
    sku: Sku, shop: Any, specialist: Client, visitors: tuple[int, int], effect: str, shown: tuple[str, str]
) -> None:
    some_feedback(sku, 3, at=NOW - DAY)
    suggest()
    one = Suggestion.objects.get()
    command(specialist, "catalog_suggestion", one.pk, "accept")
    one.refresh_from_db()
    assert one.revision is not None
    put_on_sale(one.revision)
    follow(NOW)
    for came, bought, day in zip(visitors, (10, 5), (NOW - 3 * DAY, NOW + 3 * DAY), strict=True):
        ProductVisits.objects.create(product=sku.product, shop=shop, day=day.date(), visitors=came, buyers=bought)
    sell(sku, 40, NOW - DAY)
    sell(sku, 400, NOW + DAY)
    some_feedback(sku, 30, at=NOW + DAY, start="later")

    follow(NOW + 14 * DAY)

    one.refresh_from_db()
    assert one.effect == effect
    figures = specialist.get(f"/admin/catalog/suggestion/{one.pk}/change/").context["figures"]
    assert figures[4][1:] == shown


def put_on_sale(revision: ListingRevision) -> None:
    row = submit(revision_id=revision.pk, actor=SYSTEM, now=NOW)
    row = approve(approve(row, an_actor(Role.PRODUCT_SUPERVISOR)), an_actor(Role.OPERATIONS_SUPERVISOR))
    publish(revision_id=row.pk, actor=SYSTEM, now=NOW)


def test_a_draft_that_is_under_way_is_used(sku: Sku, specialist: Client) -> None:
    some_feedback(sku, 3, at=NOW - DAY)
    some_feedback(sku, 3, at=NOW - DAY, source=FeedbackSource.REVIEW, reason=FeedbackReason.COLOUR, rating=1)
    assert suggest() == 2
    first, second = Suggestion.objects.order_by("id")

    for one in (first, second):
        command(specialist, "catalog_suggestion", one.pk, "accept")

    assert ListingRevision.objects.filter(product=sku.product, state="draft").count() == 1
    assert len(set(Suggestion.objects.values_list("revision", flat=True))) == 1


def test_a_draft_that_is_given_up_opens_the_suggestion_again(sku: Sku, specialist: Client) -> None:
    some_feedback(sku, 3, at=NOW - DAY)
    suggest()
    one = Suggestion.objects.get()
    command(specialist, "catalog_suggestion", one.pk, "accept")
    ListingRevision.objects.filter(state="draft").update(state="archived")

    assert follow(NOW) == 1
    one.refresh_from_db()
    assert (one.state, one.revision, open_work()) == ("open", None, 1)


@pytest.mark.sop("C19", refused=True)
def test_declining_needs_a_reason_and_is_remembered(sku: Sku, specialist: Client) -> None:
    some_feedback(sku, 3, at=NOW - DAY)
    suggest()
    one = Suggestion.objects.get()
    before = row_counts()
    assert command(specialist, "catalog_suggestion", one.pk, "decline", reason=" ").status_code == 422
    assert row_counts() == before

    assert command(specialist, "catalog_suggestion", one.pk, "decline", reason="The chart is right.").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.reason, open_work(), suggest()) == ("declined", "The chart is right.", 0, 0)
    assert command(specialist, "catalog_suggestion", one.pk, "accept").status_code == 422


@pytest.mark.parametrize(("sold", "raised"), [(12, 1), (13, 0)])
def test_sales_that_drop_raise_a_suggestion(sku: Sku, sold: int, raised: int) -> None:
    sell(sku, 20, NOW - 45 * DAY)
    sell(sku, sold, NOW - 5 * DAY)

    assert suggest() == raised
    assert Suggestion.objects.filter(rule="sales_drop", field="images").count() == raised


def test_old_feedback_does_not_count(sku: Sku) -> None:
    some_feedback(sku, 3, at=NOW - 31 * DAY)

    assert suggest() == 0


def test_a_colleague_suggests_in_their_own_words(sku: Sku, specialist: Client) -> None:
    designer = signed_in(a_user(Role.DESIGNER))
    form = {"product_code": sku.product.code, "field": "images", "because": "The lid is not shown."}
    assert designer.post("/admin/catalog/suggestion/add/", form).status_code == 302
    one = Suggestion.objects.get()
    assert (one.rule, one.params, open_work()) == ("proposed", {"text": "The lid is not shown."}, 1)
    before = row_counts()

    assert designer.post("/admin/catalog/suggestion/add/", form).status_code == 422
    assert designer.post("/admin/catalog/suggestion/add/", form | {"product_code": "NO"}).status_code == 422
    assert designer.post("/admin/catalog/suggestion/add/", form | {"because": " "}).status_code == 422
    assert command(designer, "catalog_suggestion", one.pk, "accept").status_code == 403
    assert specialist.get("/admin/catalog/suggestion/").status_code == 200
    assert row_counts() == before


def test_a_look_costs_the_same_statements_whatever_it_finds(shop: Any) -> None:
    suggest()
    counts = []
    for size in (1, 4):
        for number in range(size):
            some_feedback(a_live_listing().product.skus.get(), 3, at=NOW - DAY, start=f"{size}-{number}")
        with CaptureQueriesContext(connection) as statements:
            assert suggest() == size
        counts.append(len(statements))

    assert counts[0] == counts[1]
