"""Single rows of the tables of carriers, by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from orders.models import Carrier, CarrierCoverage, CarrierPrice
from orders.services.carriers.registry import sync_carriers
from tests.builders.carriers import a_carrier, a_region
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
FIGURES = {"first_grams": "1000", "first_price": "8.00", "step_grams": "500", "step_price": "2.00"}


def a_price(staff: Staff, **fields: Any) -> Any:
    given = {"carrier": "sf", "zone": "华南", "provinces": "广东省，广西壮族自治区", "valid_from": "2026-07-01", **FIGURES}
    return staff.send("orders_carrierprice_new", **(given | fields))


def last_entry(action: str) -> AuditEntry:
    return AuditEntry.objects.filter(action=action).latest("id")


def test_a_region_is_added_changed_and_removed(db: None) -> None:
    sync_carriers()
    logistics = Staff(Role.LOGISTICS)

    logistics.send("orders_carriercoverage_new", carrier="sf", province="西藏自治区", city="拉萨市", district="")

    row = CarrierCoverage.objects.get()
    assert (row.carrier.code, row.province, row.city, row.served) == ("sf", "西藏", "拉萨", False)
    assert last_entry("orders.region_added").after == {"province": "西藏", "city": "拉萨", "district": "", "served": False}
    page = text_of(logistics.open("orders_carriercoverage_change", row.pk))
    assert ("Change the region" in page, "Remove the region" in page) == (True, True)
    logistics.command("carriercoverage", row.pk, "change", served="on")
    row.refresh_from_db()
    assert row.served is True
    assert last_entry("orders.region_changed").subject_id == "sf"
    assert "checked" in text_of(logistics.open("orders_carriercoverage_command", row.pk, "change"))
    logistics.send("orders_carriercoverage_remove", row.pk)
    assert (CarrierCoverage.objects.count(), last_entry("orders.region_removed").before["city"]) == (0, "拉萨")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"province": "广东省"}, "The carrier&#x27;s table names this region already."),
        ({"city": "深圳市"}, "Name the place that it lies in."),
        ({"province": "广东", "district": "南山区"}, "Name the place that it lies in."),
    ],
)
def test_a_region_is_named_once_and_with_what_it_lies_in(db: None, fields: dict[str, str], said: str) -> None:
    a_region("广东")
    logistics = Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.send("orders_carriercoverage_new", carrier="sf", **fields)

    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("O11")
def test_a_price_is_added_changed_and_ended(db: None) -> None:
    sync_carriers()
    logistics = Staff(Role.LOGISTICS)

    a_price(logistics)

    row = CarrierPrice.objects.get()
    assert (row.carrier.code, row.zone, row.provinces) == ("sf", "华南", ["广东", "广西"])
    assert (row.valid_from, row.valid_until, row.first_price) == (date(2026, 7, 1), None, Decimal("8.00"))
    form = text_of(logistics.open("orders_carrierprice_command", row.pk, "change"))
    assert ('value="广东、广西"' in form, 'value="2026-07-01"' in form) == (True, True)
    fields = {"zone": "华南", "provinces": "广东", "valid_from": "2026-07-01", **FIGURES, "first_price": "9.00"}
    logistics.command("carrierprice", row.pk, "change", **fields)
    row.refresh_from_db()
    assert (row.provinces, row.first_price) == (["广东"], Decimal("9.00"))
    entry = last_entry("orders.price_changed")
    assert (entry.before["first"], entry.after["first"]) == ("1000 g 8.00", "1000 g 9.00")
    logistics.command("carrierprice", row.pk, "end", valid_until="2026-08-31")
    row.refresh_from_db()
    assert (row.valid_until, last_entry("orders.price_ended").after["valid_until"]) == (date(2026, 8, 31), "2026-08-31")
    assert "Add a price" in text_of(logistics.open("orders_carrierprice_changelist"))


@pytest.mark.sop("O11", refused=True)
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_until": "2026-06-30"}, "It ends before it begins."),
        ({"zone": "沿海", "provinces": "广东"}, "广东 is in region group 华南 on these days."),
        ({}, "A price of this region group begins on this day already."),
        ({"valid_from": "2026-06-01", "valid_until": "2026-07-01"}, "The region group 华南 has a price on these days already"),
    ],
)
def test_prices_do_not_overlap(db: None, fields: dict[str, str], said: str) -> None:
    sync_carriers()
    logistics = Staff(Role.LOGISTICS)
    a_price(logistics)
    before = row_counts()

    answer = a_price(logistics, **fields)

    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_a_price_ends_today_or_later_and_is_then_as_it_was(db: None) -> None:
    a_carrier("sf")
    row = CarrierPrice.objects.get()
    logistics = Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.command("carrierprice", row.pk, "end", valid_until="2026-06-10")
    assert (answer.status_code, "The last day is today or later." in text_of(answer)) == (422, True)
    CarrierPrice.objects.update(valid_until=date(2026, 6, 10))
    answer = logistics.command("carrierprice", row.pk, "end", valid_until="2026-06-30")

    assert (answer.status_code, row_counts()) == (422, before)
    assert "Let the price end" not in text_of(logistics.open("orders_carrierprice_change", row.pk))


def test_what_is_not_there_is_not_found_and_other_desks_write_nothing(db: None) -> None:
    a_carrier("sf")
    row, region = CarrierPrice.objects.get(), CarrierCoverage.objects.get()
    logistics, keeper = Staff(Role.LOGISTICS), Staff(Role.WAREHOUSE)
    before = row_counts()

    assert logistics.open("orders_carriercoverage_remove", 0).status_code == 404
    assert keeper.send("orders_carriercoverage_new", carrier="sf").status_code == 403
    assert keeper.command("carrierprice", row.pk, "end", valid_until="2026-08-31").status_code == 403
    assert "Add a region" not in text_of(keeper.open("orders_carriercoverage_changelist"))
    assert "Remove the region" not in text_of(keeper.open("orders_carriercoverage_change", region.pk))
    assert (row_counts(), Carrier.objects.filter(code="sf").count()) == (before, 1)
