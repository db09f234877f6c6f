"""What the services after publication refuse before anything is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from catalog.enums.quality import AuditBasis, CheckedField, ComplaintKind, ComplaintOutcome, ErrorKind, ErrorSource, PageFormat
from catalog.models import AccuracyCheck, AuditItem, ListingError, ProbeRun, QualityAudit, Sku, StorefrontItem, Suggestion
from catalog.services.quality import accuracy, audits, complaint_followup, complaints, ledger, probing, storefronts
from catalog.services.quality import suggestions as suggesting
from catalog.services.quality.complaints import Complaint
from catalog.services.quality.ledger import Found
from catalog.services.quality.visits import import_visits
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_complaint, a_live_listing, a_shop, a_sku, a_storefront, an_actor, some_feedback
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


@pytest.fixture
def sku(shop: Shop) -> Sku:
    found = a_live_listing().product.skus.get()
    return Sku.objects.select_related("product__live_revision").get(pk=found.pk)


@pytest.fixture
def stranger(shop: Shop) -> Actor:
    """A colleague of another shop who holds every desk."""
    roles = (Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR, Role.TECHNICAL)
    return an_actor(*roles, shops=[a_shop("jd-09")])


def refused(error: type[DomainError], call: Callable[[], Any]) -> str:
    """The code of the refusal; nothing was written."""
    before = row_counts()
    with pytest.raises(error) as caught:
        call()
    assert row_counts() == before
    return caught.value.error_code


def test_an_audit_needs_something_to_look_at(shop: Shop) -> None:
    draw: dict[str, Any] = {"basis": AuditBasis.RANDOM, "actor": SYSTEM, "now": NOW}
    assert refused(Conflict, lambda: audits.draw_audit(size=1, **draw)) == "nothing_live"
    assert audits.draw_weekly(slot=NOW, now=NOW) == 0
    assert refused(Invalid, lambda: audits.draw_audit(size=0, **draw)) == "out_of_range"


def test_a_sample_is_closed_with_a_reason_and_judged_by_those_who_see_it(sku: Sku, stranger: Actor) -> None:
    audits.draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW)
    audit, item = QualityAudit.objects.get(), AuditItem.objects.get()
    close: dict[str, Any] = {"audit_id": audit.pk, "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: audits.close_audit(reason=" ", **close)) == "reason_required"
    judge: dict[str, Any] = {"item_id": item.pk, "judgements": {}, "now": NOW}
    assert refused(NotFound, lambda: audits.judge_item(actor=stranger, **judge)) == "not_found"
    assert refused(Forbidden, lambda: audits.judge_item(actor=SYSTEM, **judge)) == "four_eyes"


def test_what_is_noted_is_not_blank(sku: Sku) -> None:
    revision = sku.product.live_revision
    assert revision is not None
    found = [Found(CheckedField.DETAIL, ErrorKind.WRONG, "")]
    ledger.enter_errors(revision=revision, found=found, source=ErrorSource.REVIEW, ref="", actor=SYSTEM, now=NOW)
    error = ListingError.objects.get()
    correct: dict[str, Any] = {"error_id": error.pk, "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: ledger.correct_error(correction=" ", **correct)) == "note_required"
    accuracy.pick_reviews(now=NOW)
    review: dict[str, Any] = {"accuracy_id": AccuracyCheck.objects.get().pk, "wrong_field": "", "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: accuracy.review(note="\t", **review)) == "note_required"


def test_a_suggestion_has_a_reason_both_ways(sku: Sku) -> None:
    propose: dict[str, Any] = {"product_code": sku.product.code, "field": "detail", "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: suggesting.propose_improvement(because=" ", **propose)) == "reason_required"
    some_feedback(sku, 3)
    suggesting.suggest(now=NOW.replace(hour=23))
    decline: dict[str, Any] = {"suggestion_id": Suggestion.objects.get().pk, "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: suggesting.decline(reason=" ", **decline)) == "reason_required"


def test_a_complaint_says_something_and_its_steps_too(sku: Sku) -> None:
    said = Complaint(sku.code, ComplaintKind.DEFECT, " ")
    assert refused(Invalid, lambda: complaints.file_complaint(complaint=said, actor=SYSTEM, now=NOW)) == "required"
    lost = Complaint("NO-SUCH", ComplaintKind.DEFECT, "It leaks.")
    assert refused(Invalid, lambda: complaints.file_complaint(complaint=lost, actor=SYSTEM, now=NOW)) == "unknown_sku"
    row = a_complaint(sku)
    step: dict[str, Any] = {"complaint_id": row.pk, "actor": SYSTEM, "now": NOW}
    assert refused(Invalid, lambda: complaints.answer(answer="", outcome="supplier_claim", **step)) == "required"
    assert refused(Invalid, lambda: complaints.answer(answer="Yes.", outcome="nothing", **step)) == "unknown_outcome"
    assert refused(Invalid, lambda: complaints.answer(answer="Yes.", outcome="listing_error", **step)) == "required"
    complaints.answer(answer="We look.", outcome=ComplaintOutcome.STOCK_CHECK, **step)
    assert refused(Invalid, lambda: complaint_followup.confirm_stock(finding=" ", **step)) == "note_required"
    decide: dict[str, Any] = {"take_off": True, "note": "It leaks.", **step}
    assert refused(Conflict, lambda: complaint_followup.decide_delisting(**decide)) == "not_asked"
    assert refused(Invalid, lambda: complaints.reopen(reason=" ", **step)) == "reason_required"
    complaints.reopen(reason="It leaks again.", **step)
    complaints.answer(answer="Off sale.", outcome=ComplaintOutcome.DELIST, **step)
    blank = {**decide, "note": " "}
    assert refused(Invalid, lambda: complaint_followup.decide_delisting(**blank)) == "reason_required"


def test_goods_without_a_live_listing_are_complained_about_but_not_improved(shop: Shop) -> None:
    goods = a_sku(shop)
    row = a_complaint(goods)
    assert (row.specialist, row.supplier, row.state) == (None, "", "open")
    propose: dict[str, Any] = {"product_code": goods.product.code, "field": "detail", "because": "It is grey."}
    assert refused(NotFound, lambda: suggesting.propose_improvement(actor=SYSTEM, now=NOW, **propose)) == "not_found"


def test_a_difference_that_stays_is_said_once(sku: Sku) -> None:
    revision = sku.product.live_revision
    assert revision is not None
    accuracy.claim(now=NOW)
    differs = {"field": "title", "sku": "", "expected": "Cup", "seen": "Mug"}
    run = ProbeRun(outcome="different", differences=[differs])
    for _ in range(2):
        with transaction.atomic():
            accuracy.settle_by_probe(revision=revision, runs=[run], now=NOW)
    check = AccuracyCheck.objects.get()
    assert (check.state, check.differences) == ("different", [differs])
    assert WorkItem.objects.filter(kind="catalog.accuracy_differs").count() == 1
    assert AuditEntry.objects.filter(action="catalog.accuracy_checked").count() == 1
    assert ListingError.objects.count() == 1


def test_a_storefront_is_set_and_tried_by_those_who_see_the_shop(sku: Sku, shop: Shop, stranger: Actor) -> None:
    place = a_storefront(shop, "https://shop.invalid")
    reading = storefronts.Reading("https://shop.invalid/{code}", PageFormat.HTML)
    asked: dict[str, Any] = {"reading": reading, "actor": stranger, "now": NOW}
    assert refused(NotFound, lambda: storefronts.set_storefront(shop_id=shop.pk, **asked)) == "not_found"
    tried: dict[str, Any] = {"storefront_id": place.pk, "product_code": sku.product.code, "now": NOW}
    assert refused(NotFound, lambda: probing.claim_trial(actor=stranger, **tried)) == "not_found"


def test_a_number_of_a_platform_belongs_to_one_product(sku: Sku, shop: Shop) -> None:
    other = a_live_listing().product
    number: dict[str, Any] = {"shop_id": shop.pk, "external_id": "77", "actor": SYSTEM, "now": NOW}
    storefronts.set_external_id(product_code=sku.product.code, **number)
    assert refused(Conflict, lambda: storefronts.set_external_id(product_code=other.code, **number)) == "taken"
    again = storefronts.set_external_id(product_code=sku.product.code, **number)
    assert StorefrontItem.objects.get() == again


def test_visitors_of_another_shop_are_not_taken(shop: Shop, stranger: Actor) -> None:
    visits: dict[str, Any] = {"rows": [], "write": True, "shop_id": shop.pk, "actor": stranger, "now": NOW}
    assert refused(Forbidden, lambda: import_visits(**visits)) == "permission_denied"
