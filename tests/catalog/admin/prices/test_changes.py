"""Price changes in the browser."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import PriceChange, Product, Sku, SkuPrice
from catalog.services.prices.applying import apply_prices
from catalog.services.prices.history import Origin, keep_history
from catalog.services.publishing import delist, publish, relist
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import (
    NOW,
    a_live_listing,
    a_price_change,
    a_shop,
    a_sku,
    a_submitted_price_change,
    a_user,
    an_approved_listing,
    an_approved_price_change,
)
from tests.kit.browser import Staff, command, signed_in, text_of
from tests.kit.browser_forms import rows
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOUR = timedelta(hours=1)


def written(*lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"start": "2026-06-11T10:00", "end": "", "reason": "season", "codes": "", **rows("lines", *lines)} | changes


def state(change: PriceChange) -> str:
    return PriceChange.objects.values_list("state", flat=True).get(pk=change.pk)


def work(kind: str) -> list[str]:
    return list(WorkItem.objects.filter(kind=kind, closed_at=None).values_list("subject_id", flat=True))


@pytest.mark.sop("C10")
def test_a_price_goes_from_the_screen_through_a_second_person_into_the_shop_and_its_history() -> None:
    shop = a_shop()
    sku = a_sku(shop)
    writer, lead = Staff(Role.PRODUCT_SPECIALIST), Staff(Role.OPERATIONS_SUPERVISOR)
    line = {"sku": sku.code, "price": "95", "discount_price": "89"}
    assert writer.send("catalog_pricechange_add", **written(line)).status_code == 302
    change = PriceChange.objects.get()
    assert command(writer.client, "catalog_pricechange", change.pk, "submit").status_code == 302
    assert work("catalog.price_review") == [change.public_id]
    assert sku.code in text_of(lead.open("catalog_pricechange_judge", change.pk))
    verdict = {"seen_hash": change.content_hash, "verdict": "approve"}
    assert lead.send("catalog_pricechange_judge", change.pk, **verdict).status_code == 302
    assert (state(change), work("catalog.price_review")) == ("scheduled", [])
    fed = Product.objects.get(pk=sku.product_id).version
    assert apply_prices(now=NOW + HOUR) == 0
    assert apply_prices(now=NOW + 2 * HOUR) == 1
    assert apply_prices(now=NOW + 2 * HOUR) == 0
    sku.refresh_from_db()
    assert (sku.price, sku.discount_price, sku.cost, state(change)) == (Decimal(95), Decimal(89), Decimal(40), "ended")
    assert Product.objects.get(pk=sku.product_id).version > fed
    [event] = Event.objects.filter(type="listing.price_changed")
    assert event.data["skus"] == [{"sku": sku.code, "price": "95.00", "discount_price": "89.00", "member_price": None}]
    [row] = SkuPrice.objects.filter(sku=sku)
    assert (row.price, row.source, row.ref, row.valid_until) == (Decimal(95), "change", change.public_id, None)
    page = text_of(lead.open("catalog_pricedsku_change", sku.pk))
    assert change.public_id in page
    assert text_of(lead.open("catalog_pricechange_calendar")).count(change.public_id) == 1


@pytest.mark.sop("C10", refused=True)
def test_what_may_not_be_is_refused_and_writes_nothing() -> None:
    sku = a_sku(a_shop())
    writer = a_user(Role.PRODUCT_SPECIALIST, superuser=True)
    client, lead = signed_in(writer), Staff(Role.PRODUCT_SUPERVISOR)
    desk = Staff(Role.PRODUCT_SPECIALIST)
    for line, extra in (
        ({"sku": "NONE", "price": "1"}, {}),
        ({"sku": sku.code, "price": ""}, {}),
        ({"sku": sku.code, "price": "95"}, {"end": "2026-06-11T09:30"}),
        ({"sku": sku.code, "price": "95"}, {"codes": "NONE"}),
    ):
        before = row_counts()
        assert desk.send("catalog_pricechange_add", **written(line, **extra)).status_code == 422
        assert row_counts() == before
    cheap = a_submitted_price_change(sku, "45.00")
    lossy = a_price_change(sku, "39.00", start=NOW + 9 * HOUR)
    PriceChange.objects.filter(pk=cheap.pk).update(editor_ids=[writer.pk])
    before, page = row_counts(), f"/admin/catalog/pricechange/{cheap.pk}/judge/"
    verdict = {"seen_hash": cheap.content_hash, "verdict": "approve"}
    assert client.post(page, verdict).status_code == 403
    assert lead.client.post(page, verdict).status_code == 422
    assert lead.client.post(page, verdict | {"seen_hash": "0"}).status_code in (412, 422)
    assert desk.client.post(page, verdict).status_code == 403
    answer = command(desk.client, "catalog_pricechange", lossy.pk, "submit")
    assert (answer.status_code, "below the cost" in text_of(answer)) == (422, True)
    assert row_counts() == before
    assert (state(cheap), state(lossy)) == ("submitted", "draft")


def test_too_small_a_margin_is_waived_by_somebody_of_operations() -> None:
    sku = a_sku(a_shop())
    change = a_submitted_price_change(sku, "45.00")
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    assert command(lead.client, "catalog_pricechange", change.pk, "waive", reason="season").status_code == 302
    verdict = {"seen_hash": change.content_hash, "verdict": "approve"}
    assert lead.send("catalog_pricechange_judge", change.pk, **verdict).status_code == 302
    assert state(change) == "scheduled"


def test_returned_rejected_and_withdrawn() -> None:
    sku, lead, desk = a_sku(a_shop()), Staff(Role.OPERATIONS_SUPERVISOR), Staff(Role.PRODUCT_SPECIALIST)
    change = a_submitted_price_change(sku)
    verdict = {"seen_hash": change.content_hash, "verdict": "return", "reasons": ["timing"]}
    assert lead.send("catalog_pricechange_judge", change.pk, **verdict).status_code == 302
    assert (state(change), work("catalog.price_change_returned")) == ("draft", [change.public_id])
    form = written({"sku": sku.code, "price": "88"}, version=PriceChange.objects.get().version)
    assert desk.send("catalog_pricechange_write", change.pk, **form).status_code == 302
    assert desk.send("catalog_pricechange_write", change.pk, **form).status_code == 422
    assert command(desk.client, "catalog_pricechange", change.pk, "withdraw").status_code == 302
    assert (state(change), work("catalog.price_change_returned")) == ("withdrawn", [])
    other = a_submitted_price_change(sku)
    verdict = {"seen_hash": other.content_hash, "verdict": "reject", "reasons": ["margin"]}
    assert lead.send("catalog_pricechange_judge", other.pk, **verdict).status_code == 302
    assert state(other) == "rejected"


def test_two_changes_of_one_time_do_not_meet() -> None:
    sku, desk = a_sku(a_shop()), Staff(Role.PRODUCT_SPECIALIST)
    an_approved_price_change(sku, start=NOW + HOUR, end=NOW + 3 * HOUR)
    second = a_price_change(sku, start=NOW + 2 * HOUR, actor=None)
    answer = command(desk.client, "catalog_pricechange", second.pk, "submit")
    assert (answer.status_code, state(second)) == (422, "draft")
    third = a_price_change(sku, start=NOW + 3 * HOUR)
    assert command(desk.client, "catalog_pricechange", third.pk, "submit").status_code == 302


def test_a_limited_price_gives_way_to_the_old_one_at_its_end_or_before() -> None:
    sku = a_sku(a_shop())
    keep_history([(sku, Origin("opening"))], actor=SYSTEM, now=NOW - HOUR)  # type: ignore[arg-type]
    first = an_approved_price_change(sku, start=NOW, end=NOW + HOUR, discount_price="79.00")
    assert (state(first), Sku.objects.get().discount_price) == ("active", Decimal(79))
    assert apply_prices(now=NOW + HOUR) == 1
    assert (state(first), Sku.objects.get().price, Sku.objects.get().discount_price) == ("ended", Decimal(99), None)
    sources = [row.source for row in SkuPrice.objects.order_by("id")]
    assert sources == ["opening", "change", "return"]
    second = an_approved_price_change(sku, start=NOW, end=NOW + HOUR)
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    assert command(lead.client, "catalog_pricechange", second.pk, "end").status_code == 302
    assert (state(second), Sku.objects.get().price) == ("ended", Decimal(99))


def test_costs_are_shown_only_to_those_who_may_see_them() -> None:
    sku = a_sku(a_shop())
    change = a_price_change(sku)
    for role, sees in ((Role.OPERATIONS_SUPERVISOR, True), (Role.MARKETING, False), (Role.CUSTOMER_SERVICE, False)):
        staff = Staff(role)
        opened = (("pricedsku_changelist",), ("pricedsku_change", sku.pk), ("pricechange_change", change.pk))
        pages = [staff.open(f"catalog_{name}", *args) for name, *args in opened]
        assert [("40.00" in text_of(page)) for page in pages] == [sees] * 3
    assert Staff(Role.WAREHOUSE).open("catalog_pricechange_changelist").status_code == 403


def test_a_listing_keeps_prices_that_were_changed_after_it_was_handed_in() -> None:
    a_shop()
    live = a_live_listing(code="CUP")
    sku = Sku.objects.get()
    assert SkuPrice.objects.get().source == "listing"
    body = {"code": "CUP", "skus": [{"sku": sku.code, "cost": "40.00", "price": "109.00"}]}
    following = an_approved_listing(**body)
    an_approved_price_change(sku, "89.00", start=NOW)
    SkuPrice.objects.filter(source="change").update(valid_from=NOW + HOUR)
    publish(revision_id=following.pk, actor=SYSTEM, now=NOW + 2 * HOUR)
    assert Sku.objects.get().price == Decimal(89)
    delist(revision_id=following.pk, reason="policy", actor=SYSTEM, now=NOW + 2 * HOUR)
    relist(revision_id=following.pk, actor=SYSTEM, now=NOW + 2 * HOUR)
    assert (Sku.objects.get().price, live.pk < following.pk) == (Decimal(89), True)


def test_a_listing_published_under_a_limited_price_is_what_it_returns_to() -> None:
    a_shop()
    a_live_listing(code="CUP")
    sku = Sku.objects.get()
    an_approved_price_change(sku, "89.00", start=NOW, end=NOW + 5 * HOUR)
    following = an_approved_listing(code="CUP", skus=[{"sku": sku.code, "cost": "40.00", "price": "109.00"}])
    publish(revision_id=following.pk, actor=SYSTEM, now=NOW + 2 * HOUR)
    assert Sku.objects.get().price == Decimal(89)
    assert apply_prices(now=NOW + 5 * HOUR) == 1
    assert Sku.objects.get().price == Decimal(109)


def test_the_list_and_the_application_cost_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    shop, lead = a_shop(), Staff(Role.OPERATIONS_SUPERVISOR)
    for number in range(6):
        an_approved_price_change(a_sku(shop, code=f"S-{number}"), start=NOW + HOUR)
    with django_assert_max_num_queries(14):
        assert lead.open("catalog_pricedsku_changelist").status_code == 200
    with django_assert_max_num_queries(24):
        assert apply_prices(now=NOW + HOUR) == 6
