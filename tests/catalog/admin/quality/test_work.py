"""Every kind of work after publication opens a screen that its role may see, with the button that finishes it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from catalog.enums.quality import AuditBasis, CheckedField, ComplaintOutcome, ErrorKind, ErrorSource
from catalog.models import QualityAudit, Sku
from catalog.rules.quality.lifecycles import CHECKED_FIELDS
from catalog.services.quality import accuracy, audits, complaints, ledger, suggestions
from catalog.services.quality.ledger import Found
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_complaint, a_live_listing, a_page_of, a_storefront, a_user, some_feedback, stock_up
from tests.kit.browser import command, signed_in, text_of
from tests.kit.storefront import Shopfront, says, says_json

pytestmark = pytest.mark.usefixtures("clock", "shop")
COMPLAINT = "catalog_qualitycomplaint"


@pytest.fixture
def sku(shop: Shop) -> Sku:
    found = a_live_listing().product.skus.get()
    stock_up(found, 5)
    return Sku.objects.select_related("product__live_revision").get(pk=found.pk)


def published(sku: Sku) -> None:
    """Publishing has asked for the look already."""


def an_audit(sku: Sku) -> None:
    audits.draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW)


def an_error(sku: Sku) -> None:
    revision = sku.product.live_revision
    assert revision is not None
    found = [Found(CheckedField.DETAIL, ErrorKind.WRONG, "Old capacity.")]
    ledger.enter_errors(revision=revision, found=found, source=ErrorSource.REVIEW, ref="r", actor=SYSTEM, now=NOW)


def a_review(sku: Sku) -> None:
    accuracy.pick_reviews(now=NOW)


def a_suggestion(sku: Sku) -> None:
    some_feedback(sku, 3, at=NOW)
    suggestions.suggest(now=NOW + timedelta(hours=1))


def answered(outcome: ComplaintOutcome) -> Callable[[Sku], None]:
    def give(sku: Sku) -> None:
        row = a_complaint(sku)
        complaints.answer(complaint_id=row.pk, answer="We look.", outcome=outcome, wrong_field="", actor=SYSTEM, now=NOW)

    return give


STEPS: list[tuple[str, Role, Callable[[Sku], Any], str, dict[str, str]]] = [
    (
        "catalog.post_publish_check",
        Role.PRODUCT_SPECIALIST,
        published,
        "record",
        {"category_ok": "True", "price_ok": "True", "evidence": "https://shop.example/p, 89.00"},
    ),
    ("catalog.listing_error", Role.PRODUCT_SPECIALIST, an_error, "correct", {"correction": "The capacity is right now."}),
    ("catalog.accuracy_review", Role.PRODUCT_SPECIALIST, a_review, "review", {"wrong_field": "", "note": "All is right."}),
    ("catalog.suggestion", Role.PRODUCT_SPECIALIST, a_suggestion, "accept", {}),
    (
        "catalog.quality_complaint",
        Role.PRODUCT_SPECIALIST,
        a_complaint,
        "answer",
        {"outcome": "supplier_claim", "wrong_field": "", "answer": "A bad batch."},
    ),
    ("catalog.complaint_answered", Role.CUSTOMER_SERVICE, answered(ComplaintOutcome.SUPPLIER_CLAIM), "close", {}),
    ("catalog.faulty_stock", Role.WAREHOUSE, answered(ComplaintOutcome.STOCK_CHECK), "confirm_stock", {"finding": "None."}),
    (
        "catalog.faulty_listing",
        Role.PRODUCT_SUPERVISOR,
        answered(ComplaintOutcome.DELIST),
        "decide_delisting",
        {"take_off": "False", "note": "One piece only."},
    ),
]


@pytest.mark.parametrize(("kind", "role", "happen", "step", "fields"), STEPS, ids=[row[0] for row in STEPS])
def test_the_work_is_finished_on_the_screen_that_it_opens(
    sku: Sku, kind: str, role: Role, happen: Callable[[Sku], Any], step: str, fields: dict[str, str]
) -> None:
    happen(sku)
    item = WorkItem.objects.get(kind=kind, closed_at=None)
    assert (REGISTER[kind].role, item.role) == (role, role)
    desk = signed_in(a_user(role))

    page = desk.get(REGISTER[kind].url(item.subject_id))

    [button] = [one for one in page.context["commands"] if one["name"] == step]
    assert desk.post(button["url"], fields).status_code == 302
    item.refresh_from_db()
    assert item.closed_at == NOW


def test_a_sample_is_finished_from_the_screen_that_it_opens(sku: Sku) -> None:
    an_audit(sku)
    item, desk = WorkItem.objects.get(kind="catalog.quality_audit"), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    page = text_of(desk.get(REGISTER[item.kind].url(item.subject_id)))
    url = f"/admin/catalog/qualityaudit/item/{QualityAudit.objects.get().items.get().pk}/"
    assert url in page

    assert desk.post(url, {str(field): "right" for field in CHECKED_FIELDS}).status_code == 302

    item.refresh_from_db()
    assert (item.closed_at, QualityAudit.objects.get().state) == (NOW, "closed")


def test_a_difference_is_settled_on_the_screen_that_it_opens(front: Shopfront, shop: Shop, sku: Sku) -> None:
    revision = sku.product.live_revision
    assert revision is not None
    a_storefront(shop, front.url)
    front.answer = says_json(a_page_of(revision, title="Another"))
    run_at(name="catalog.probe_accuracy", now=NOW)
    item, desk = WorkItem.objects.get(kind="catalog.accuracy_differs"), signed_in(a_user(Role.PRODUCT_SPECIALIST))
    page = desk.get(REGISTER[item.kind].url(item.subject_id))
    [button] = page.context["commands"]

    assert desk.post(button["url"], {"note": "The title is right again."}).status_code == 302

    item.refresh_from_db()
    assert (button["name"], item.closed_at) == ("settle", NOW)


def test_an_unreadable_storefront_is_mended_on_the_screen_that_it_opens(front: Shopfront, shop: Shop, sku: Sku) -> None:
    revision = sku.product.live_revision
    assert revision is not None
    a_storefront(shop, front.url)
    front.answer = says(b"", status=503)
    for minutes in (10, 40):
        run_at(name="catalog.probe_checks", now=NOW + timedelta(minutes=minutes))
    item, desk = WorkItem.objects.get(kind="catalog.storefront_unreadable"), signed_in(a_user(Role.TECHNICAL))
    page = desk.get(REGISTER[item.kind].url(item.subject_id))
    urls = {one["name"]: one["url"] for one in page.context["commands"]}
    front.answer = says_json(a_page_of(revision))

    tried = desk.post(urls["try"], {"product_code": sku.product.code})

    item.refresh_from_db()
    assert ("What was read" in text_of(tried), item.closed_at) == (True, NOW)


@pytest.mark.parametrize(
    ("first", "kind", "step", "fields"),
    [
        ("stock_check", "catalog.faulty_stock", "confirm_stock", {"finding": "3 of 40 leak."}),
        ("delist", "catalog.faulty_listing", "decide_delisting", {"take_off": "False", "note": "One piece only."}),
    ],
)
def test_what_an_answer_asked_for_falls_when_it_is_reopened(
    sku: Sku, first: str, kind: str, step: str, fields: dict[str, str]
) -> None:
    row, desk = a_complaint(sku), signed_in(a_user(Role.PRODUCT_SPECIALIST))
    agent = signed_in(a_user(Role.CUSTOMER_SERVICE))
    doer = signed_in(a_user(Role.WAREHOUSE, Role.PRODUCT_SUPERVISOR))
    asked = WorkItem.objects.filter(kind=kind, closed_at=None)
    command(desk, COMPLAINT, row.pk, "answer", outcome=first, answer="We look.")
    assert asked.count() == 1
    command(agent, COMPLAINT, row.pk, "reopen", reason="It was another piece.")
    assert asked.count() == 0

    command(desk, COMPLAINT, row.pk, "answer", outcome=first, answer="We look again.")
    assert command(doer, COMPLAINT, row.pk, step, **fields).status_code == 302
    assert asked.count() == 0
    command(agent, COMPLAINT, row.pk, "reopen", reason="Another one came.")
    command(desk, COMPLAINT, row.pk, "answer", outcome=first, answer="A third time.")
    assert asked.count() == 1
    assert command(doer, COMPLAINT, row.pk, step, **fields).status_code == 302
    assert asked.count() == 0
