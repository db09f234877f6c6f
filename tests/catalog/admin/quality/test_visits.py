"""Visitors of products from a table, and what they make of a suggestion's effect."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import Product, ProductVisits
from catalog.queries.quality.figures import figures
from opsdesk.accounts.roles import Role
from opsdesk.imports.models import ImportFile
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_shop, a_sku, a_user
from tests.builders.tables import csv, uploaded
from tests.kit.browser import Desk
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
HEADER = ("统计日期", "货号", "商品访客数", "支付买家数")


@pytest.fixture
def shop() -> Shop:
    return a_shop()


@pytest.fixture
def product(shop: Shop) -> Product:
    return a_sku(shop, on_hand=10).product


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


NEW = ["catalog.product_visits"]


def upload(desk: Desk, shop: Shop, *rows: tuple[str, ...]) -> ImportFile:
    table = uploaded("visits.csv", csv(HEADER, *rows))
    assert desk.client.post(reverse("admin:import_new", args=NEW), {"file": table, "shop": shop.pk}).status_code == 302
    return ImportFile.objects.latest("id")


def write(desk: Desk, file: ImportFile) -> int:
    return desk.client.post(reverse("admin:import", args=[file.public_id]), {"policy": "all"}).status_code


def kept() -> list[tuple[Any, ...]]:
    rows = ProductVisits.objects.order_by("day").values_list("day", "visitors", "buyers")
    return [(f"{day}", visitors, buyers) for day, visitors, buyers in rows]


@pytest.mark.sop("C19")
def test_visitors_are_taken_over_and_make_the_conversion(desk: Desk, shop: Shop, product: Product) -> None:
    code = product.code
    first = upload(desk, shop, ("2026-06-08", code, "100", "4"), ("2026/6/9", code, "60", "4"), ("20260610", code, "999", "1"))
    write(desk, first)
    again = upload(desk, shop, ("2026-06-09", code, "60", "4"), ("2026-06-10", code, "40", "2"))
    write(desk, again)

    again.refresh_from_db()
    assert (again.existing, again.updated) == (1, 1)
    assert kept() == [("2026-06-08", 100, 4), ("2026-06-09", 60, 4), ("2026-06-10", 40, 2)]
    found = figures(products=[product.pk], since=NOW - timedelta(days=4), until=NOW)[product.pk]
    assert found.conversion == Fraction(10, 200)
    one_whole_day = figures(products=[product.pk], since=NOW - timedelta(days=2), until=NOW)[product.pk]
    assert one_whole_day.conversion == Fraction(2, 40)
    assert figures(products=[product.pk], since=NOW - timedelta(days=1), until=NOW)[product.pk].conversion is None


@pytest.mark.sop("C19", refused=True)
def test_rows_that_cannot_be_keep_the_table_out(desk: Desk, shop: Shop, product: Product) -> None:
    rows = [
        ("2026-06-12", product.code, "10", "1"),
        ("2026-06-10", "NO-SUCH", "10", "1"),
        ("2026-06-10", product.code, "10", "11"),
        ("2026-06-09", product.code, "-1", "0"),
    ]
    file = upload(desk, shop, *rows)
    before = row_counts()

    assert (file.refused, write(desk, file), row_counts(), kept()) == (4, 409, before, [])
    page = desk.client.get(reverse("admin:import", args=[file.public_id])).content.decode()
    for text in ("This day has not come yet.", "There is no such product.", "More people bought than came."):
        assert text in page
    outsider = Desk(a_user(Role.WAREHOUSE))
    assert outsider.client.get(reverse("admin:import_new", args=NEW)).status_code == 403
