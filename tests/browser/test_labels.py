"""Labels on paper: as many pages as labels, in the size of the label, with a barcode that fits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from tests.builders import a_shipped_order, a_shop, a_sku, a_user, parcel_of
from tests.builders.carriers import weigh

pytestmark = [pytest.mark.browser, pytest.mark.serial]
POINT = 72 / 25.4  # of a PDF, a millimetre
_BOX = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")


def sizes(page: Page) -> list[tuple[int, int]]:
    """The sizes of the printed pages in millimetres."""
    pdf = page.pdf(prefer_css_page_size=True)
    return [(round(float(wide) / POINT), round(float(high) / POINT)) for wide, high in _BOX.findall(pdf)]


@pytest.mark.sop("O11")
@pytest.mark.parametrize(("layout", "size"), [("100x150", (100, 150)), ("76x130", (76, 130))])
def test_each_label_is_a_page_of_its_size(sign_in: Callable[..., Page], layout: str, size: tuple[int, int]) -> None:
    weigh(a_sku(a_shop(), on_hand=20), 450, fragile=True, do_not_bend=True)
    parcels = [parcel_of(a_shipped_order(tracking_no=number)) for number in ("SF000000000001", "ABCDEFGHIJKLMNOPQRSTUVWX")]
    page = sign_in(a_user(Role.WAREHOUSE))
    page.goto(f"/admin/orders/shipment/labels/?ids={','.join(str(parcel.pk) for parcel in parcels)}")
    expect(page.locator(".specimen")).to_have_count(2)

    page.select_option("[name=layout]", layout)
    page.locator("[data-command=print]").click()
    expect(page.locator(".bars svg")).to_have_count(2)

    assert sizes(page) == [size, size]
    label, bars = page.locator(".parcel-label").last.bounding_box(), page.locator(".bars svg").last.bounding_box()
    assert label
    assert bars
    assert label["x"] < bars["x"]
    assert bars["x"] + bars["width"] < label["x"] + label["width"]
