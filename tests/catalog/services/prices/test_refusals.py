"""What the price services refuse before anything is written. SOP: C10"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from catalog.models import PriceChange, PriceChangeLine, Sku
from catalog.services.prices.judging import decide, waive_margin
from catalog.services.prices.writing import NewPrices, Plan, submit, write_change
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Conflict, DomainError, Forbidden, IllegalTransition, Invalid
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Verdict
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_live_listing, a_shop, an_actor
from tests.builders.prices import HOUR, a_price_change, a_submitted_price_change
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


@pytest.fixture
def sku(shop: Shop) -> Sku:
    return a_live_listing().product.skus.get()


@pytest.fixture
def boss(shop: Shop) -> Actor:
    return an_actor(Role.OPERATIONS_SUPERVISOR)


def refused(error: type[DomainError], call: Callable[[], Any]) -> str:
    """The code of the refusal; nothing was written."""
    before = row_counts()
    with pytest.raises(error) as caught, transaction.atomic():
        call()
    assert row_counts() == before
    return caught.value.error_code


def judge(change: PriceChange, state: Any, actor: Actor, *reasons: str) -> PriceChange:
    verdict = Verdict(state, change.content_hash, reasons)
    return decide(change_id=change.pk, verdict=verdict, actor=actor, now=NOW)


def test_a_verdict_is_one_of_three_with_known_reasons(sku: Sku, boss: Actor) -> None:
    change = a_submitted_price_change(sku)

    assert refused(Invalid, lambda: judge(change, "later", boss)) == "unknown_decision"
    assert refused(Invalid, lambda: judge(change, ReviewState.REJECTED, boss, "no such reason")) == "unknown_reason"


def test_whoever_wrote_it_neither_judges_nor_waives(sku: Sku) -> None:
    author = an_actor(Role.PRODUCT_SPECIALIST, Role.OPERATIONS_SUPERVISOR)
    change = a_submitted_price_change(sku, actor=author)

    assert refused(Forbidden, lambda: judge(change, ReviewState.APPROVED, author)) == "four_eyes"
    assert refused(Forbidden, lambda: waive_margin(change_id=change.pk, reason="why", actor=author, now=NOW)) == "four_eyes"


def test_a_waiver_needs_its_reason(sku: Sku, boss: Actor) -> None:
    change = a_submitted_price_change(sku, "41.00")

    assert refused(Invalid, lambda: judge(change, ReviewState.APPROVED, boss)) == "margin_not_waived"
    assert refused(Invalid, lambda: waive_margin(change_id=change.pk, reason=" ", actor=boss, now=NOW)) == "reason_required"
    waive_margin(change_id=change.pk, reason="season's end", actor=boss, now=NOW)
    assert judge(change, ReviewState.APPROVED, boss).state == "scheduled"


def test_a_review_is_decided_once(sku: Sku, boss: Actor) -> None:
    change = a_submitted_price_change(sku)
    ReviewRequest.objects.filter(subject_id=change.public_id).update(state=ReviewState.WITHDRAWN)

    assert refused(Conflict, lambda: judge(change, ReviewState.APPROVED, boss)) == "already_decided"
    ReviewRequest.objects.filter(subject_id=change.public_id).update(state=ReviewState.PENDING)
    judge(change, ReviewState.APPROVED, boss)
    assert refused(IllegalTransition, lambda: judge(change, ReviewState.APPROVED, boss)) == "invalid_transition"


def test_a_change_whose_time_is_over_is_not_approved(sku: Sku, boss: Actor) -> None:
    change = a_submitted_price_change(sku, end=NOW + 2 * HOUR)
    verdict = Verdict(ReviewState.APPROVED, change.content_hash)

    late = NOW + 3 * HOUR
    assert refused(Invalid, lambda: decide(change_id=change.pk, verdict=verdict, actor=boss, now=late)) == "date_out_of_range"


def test_a_change_below_cost_is_not_approved(sku: Sku, boss: Actor) -> None:
    change = a_submitted_price_change(sku)
    PriceChangeLine.objects.filter(change=change).update(price=Decimal("1.00"))

    assert refused(Invalid, lambda: judge(change, ReviewState.APPROVED, boss)) == "prices_have_errors"


def test_two_changes_do_not_hold_at_the_same_time(sku: Sku) -> None:
    author = an_actor(Role.PRODUCT_SPECIALIST)
    a_submitted_price_change(sku, actor=author)
    second = a_price_change(sku, "79.00", actor=author)

    assert refused(Conflict, lambda: submit(change_id=second.pk, actor=author, now=NOW)) == "price_change_overlaps"


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"lines": []}, "/lines", "number_of_lines"),
        ({"reason": " "}, "/reason", "reason_required"),
        ({"end": NOW + HOUR}, "/effective_until", "date_out_of_range"),
        ({"lines": [NewPrices("NO-SUCH", Decimal("9.00"))]}, "/lines/0/sku", "unknown_sku"),
        ({"lines": [NewPrices("CUP-1-RED", Decimal("89.00"))] * 2}, "/lines/1/sku", "duplicate_sku"),
    ],
)
def test_a_plan_that_cannot_be_names_what_is_wrong(sku: Sku, changes: dict[str, Any], pointer: str, code: str) -> None:
    sku.code = "CUP-1-RED"
    sku.save(update_fields=["code"])
    given: dict[str, Any] = {
        "lines": [NewPrices(sku.code, Decimal("89.00"))],
        "reason": "season",
        "start": NOW + HOUR,
        "end": NOW + timedelta(days=1),
    }
    plan = Plan(**given | changes)
    before = row_counts()

    with pytest.raises(Invalid) as caught, transaction.atomic():
        write_change(plan=plan, actor=an_actor(Role.PRODUCT_SPECIALIST), now=NOW)

    assert [(issue.pointer, issue.code) for issue in caught.value.issues] == [(pointer, code)]
    assert PriceChange.objects.count() == 0
    assert row_counts()["catalog_pricechange"] == before["catalog_pricechange"]


def test_another_shops_goods_and_costs_stay_out_of_reach(sku: Sku) -> None:
    stranger = an_actor(Role.PRODUCT_SPECIALIST, shops=[a_shop("jd-09")])
    plan = Plan([NewPrices(sku.code, Decimal("89.00"))], "season", NOW + HOUR)
    assert refused(Invalid, lambda: write_change(plan=plan, actor=stranger, now=NOW)) == "unknown_sku"
    blind = Actor(ActorKind.CLIENT, "till", permissions=frozenset({"catalog.add_pricechange"}), shop_ids=None)
    dear = Plan([NewPrices(sku.code, Decimal("89.00"), cost=Decimal("1.00"))], "season", NOW + HOUR)
    assert refused(Forbidden, lambda: write_change(plan=dear, actor=blind, now=NOW)) == "permission_denied"
