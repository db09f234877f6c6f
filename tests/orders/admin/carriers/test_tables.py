"""The tables of carriers by import, and the weights of goods."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import Sku
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.imports.models import ImportFile
from orders.models import CarrierCoverage, CarrierPrice
from orders.services.carriers.registry import sync_carriers
from tests.builders.carriers import a_carrier, a_region
from tests.builders.tables import uploaded, xlsx
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
REGIONS = ("快递公司编码", "省份", "城市", "区县", "是否派送")
PRICES = ("快递公司编码", "计费区域", "包含省份", "生效日期", "失效日期", "首重(克)", "首重价格", "续重(克)", "续重价格")
HANDLING = ("SKU编码", "重量(克)", "易碎", "勿折")


def upload(staff: Staff, code: str, *rows: tuple[Any, ...]) -> ImportFile:
    url = reverse("admin:import_new", args=[code])
    answer = staff.client.post(url, {"file": uploaded("table.xlsx", xlsx(*rows))})
    assert answer.status_code == 302, answer.content.decode()
    return ImportFile.objects.latest("pk")


def apply(staff: Staff, work: ImportFile, policy: str = "all") -> None:
    staff.client.post(reverse("admin:import", args=[work.public_id]), {"policy": policy})


def messages(work: ImportFile) -> list[str]:
    return [issue["message"] for row in work.rows.order_by("number") for issue in row.issues]


def test_regions_come_from_a_table_and_again_with_other_words(db: None) -> None:
    a_region("西藏", served=False)
    a_region("广东")
    logistics = Staff(Role.LOGISTICS)
    rows = [("SF", "西藏自治区", "", "", "是"), ("sf", "广东省", "", "", "是"), ("ems", "广东省", "深圳市", "南山区", "否")]

    work = upload(logistics, "orders.carrier_coverage", REGIONS, *rows)
    assert (work.created, work.updated, work.existing, CarrierCoverage.objects.count()) == (1, 1, 1, 2)
    apply(logistics, work)

    found = CarrierCoverage.objects.order_by("carrier__code", "province")
    assert list(found.values_list("carrier__code", "province", "city", "district", "served")) == [
        ("ems", "广东", "深圳", "南山区", False),
        ("sf", "广东", "", "", True),
        ("sf", "西藏", "", "", True),
    ]
    entries = AuditEntry.objects.filter(action="orders.coverage_imported", actor_label=logistics.user.username)
    assert {entry.subject_id: entry.after for entry in entries} == {"sf": {"rows": 1}, "ems": {"rows": 1}}
    page = text_of(logistics.open("orders_carriercoverage_changelist"))
    assert ("南山区" in page, "/imports/new/orders.carrier_coverage/" in page) == (True, True)


def test_prices_come_from_a_table_and_the_next_one_takes_over(db: None) -> None:
    sync_carriers()
    logistics = Staff(Role.LOGISTICS)
    rows = [
        ("sf", "华南", "广东省、广西壮族自治区", "2026-01-01", "", 1000, "8.00", 500, "2.00"),
        ("sf", "华南", "广东省", "2026-06-01", "", 1000, "9.00", 500, "2.50"),
        ("sf", "其他", "", "2026-01-01", "", 1000, "12.00", 1000, "5.00"),
    ]

    apply(logistics, upload(logistics, "orders.carrier_prices", PRICES, *rows))

    found = CarrierPrice.objects.order_by("valid_from", "-zone")
    assert list(found.values_list("zone", "provinces", "valid_from", "first_price")) == [
        ("华南", ["广东", "广西"], date(2026, 1, 1), Decimal("8.00")),
        ("其他", [], date(2026, 1, 1), Decimal("12.00")),
        ("华南", ["广东"], date(2026, 6, 1), Decimal("9.00")),
    ]
    again = upload(
        logistics, "orders.carrier_prices", PRICES, ("sf", "华南", "广东省", "2026-06-01", "", 1000, "9.50", 500, "2.50")
    )
    apply(logistics, again)
    assert (again.updated, CarrierPrice.objects.get(valid_from=date(2026, 6, 1)).first_price) == (1, Decimal("9.50"))
    assert "all others" in text_of(logistics.open("orders_carrierprice_changelist"))


@pytest.mark.sop("O11", refused=True)
def test_rows_that_make_no_sense_are_refused_with_their_reasons(db: None) -> None:
    a_carrier("sf")
    logistics = Staff(Role.LOGISTICS)

    regions = upload(logistics, "orders.carrier_coverage", REGIONS, ("nobody", "广东省", "", "", "是"))
    prices = upload(
        logistics,
        "orders.carrier_prices",
        PRICES,
        ("nobody", "华南", "广东", "2026-01-01", "", 1000, "8.00", 500, "2.00"),
        ("sf", "其他", "", "2026-03-01", "", 1000, "8.00", 500, "2.00"),
        ("sf", "华南", "广东", "2026-03-01", "2026-02-01", 1000, "8.00", 500, "2.00"),
        ("sf", "华东", "江苏", "2026-03-01", "", 0, "-1.00", 500, "2.00"),
    )
    before = row_counts()

    assert messages(regions) == ["There is no such carrier."]
    assert messages(prices)[:3] == [
        "There is no such carrier.",
        "The region group %(zone)s is for all other provinces on these days already.",
        "It ends before it begins.",
    ]
    assert prices.refused == 4
    apply(logistics, prices)
    assert (CarrierPrice.objects.count(), CarrierCoverage.objects.count(), row_counts()) == (1, 1, before)


def test_other_desks_import_no_tables(db: None) -> None:
    keeper = Staff(Role.WAREHOUSE)
    for code in ("orders.carrier_coverage", "orders.carrier_prices"):
        assert keeper.open("import_new", code).status_code == 403


def test_weights_come_from_a_table(sku: Any) -> None:
    keeper = Staff(Role.WAREHOUSE)

    work = upload(keeper, "catalog.handling", HANDLING, (sku.code, 250, "是", "否"), ("NOBODY", 1, "", ""))
    apply(keeper, work, "good_rows")

    sku.refresh_from_db()
    assert (sku.grams, sku.fragile, sku.do_not_bend, messages(work)) == (250, True, False, ["There is no such SKU."])
    again = upload(keeper, "catalog.handling", HANDLING, (sku.code, 250, "是", "否"))
    assert (again.existing, again.updated) == (1, 0)


def test_a_sku_is_weighed_on_its_page(sku: Any) -> None:
    keeper = Staff(Role.WAREHOUSE)

    keeper.send("catalog_sku_command", sku.pk, "change_handling", grams="320", do_not_bend="on")

    sku.refresh_from_db()
    assert (sku.grams, sku.fragile, sku.do_not_bend) == (320, False, True)
    entry = AuditEntry.objects.get(action="catalog.handling_changed")
    assert entry.before == {"grams": None, "fragile": False, "do_not_bend": False}
    assert 'value="320"' in text_of(keeper.open("catalog_sku_command", sku.pk, "change_handling"))


@pytest.mark.parametrize("grams", ["0", "1000001"])
def test_an_absurd_weight_is_refused(sku: Any, grams: str) -> None:
    keeper = Staff(Role.WAREHOUSE)
    before = row_counts()

    answer = keeper.send("catalog_sku_command", sku.pk, "change_handling", grams=grams)

    assert (answer.status_code, "It must lie between 1 and 1000000." in text_of(answer)) == (422, True)
    assert (row_counts(), Sku.objects.get().grams) == (before, None)


def test_finance_does_not_weigh(sku: Any) -> None:
    staff = Staff(Role.FINANCE)
    before = row_counts()
    assert staff.send("catalog_sku_command", sku.pk, "change_handling", grams="5").status_code == 403
    assert row_counts() == before
