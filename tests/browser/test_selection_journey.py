"""An idea from the selection list to a draft product, in the browser: written by one, decided by another."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from catalog.models import ListingRevision, SelectionLine, SelectionList
from opsdesk.accounts.roles import Role
from tests.builders import a_category, a_shop, a_supplier, a_user
from tests.builders.selection import LIST_FORM

pytestmark = [pytest.mark.browser, pytest.mark.serial]

TEXTS = {
    "idea": "折叠保温杯",
    "expected_monthly_sales": "400",
    "turnover_days": "30",
    "cost": "60",
    "price": "120",
    "competitor_price": "130",
    "quality_standard": "GB/T 29606",
    **{f"{criterion}_score": "4" for criterion in ("demand", "quality", "supplier", "margin")},
}


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def write(page: Page) -> None:
    """Begin a list and put one idea on it; the supplier is chosen by its name."""
    page.goto("/admin/catalog/selectionlist/add/")
    for name, text in LIST_FORM.items():
        page.fill(f"[name='{name}']", text)
    press(page, "Save")
    page.get_by_role("link", name="Add a line").click()
    for name, text in TEXTS.items():
        page.fill(f"[name='{name}']", text)
    page.select_option("[name=category_id]", str(a_category().pk))
    page.select_option("[name=supplier_id]", label="Supplier yw")
    page.select_option("[name=complaint_record]", "none")
    page.check("[name=platforms][value=tmall]")
    press(page, "Save")


def test_an_idea_becomes_a_draft_product(transactional_db: None, sign_in: Callable[..., Page]) -> None:
    a_shop()
    a_category()
    a_supplier("yw")
    writer, supervisor = (sign_in(a_user(role)) for role in (Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR))
    write(writer)
    writer.get_by_role("link", name="Submit for decision").click()
    press(writer, "Submit for decision")

    supervisor.goto("/admin/")
    supervisor.get_by_role("link", name="Decide on selection list: Summer").click()
    expect(supervisor.get_by_text("Nothing speaks against it.")).to_be_visible()
    press(supervisor, "Accept")
    line = SelectionLine.objects.get()
    assert (line.decision, str(line.score), SelectionList.objects.get().state) == ("accepted", "4.00", "decided")

    writer.goto("/admin/")
    writer.get_by_role("link", name="Make draft products of selection list: Summer").click()
    press(writer, "Make a draft product")
    expect(writer.locator("[name=title]")).to_have_value("折叠保温杯")
    revision = ListingRevision.objects.get()
    assert (revision.supplier, revision.shop_codes, revision.state) == ("Supplier yw", ["tmall-01"], "draft")
    writer.goto("/admin/")
    expect(writer.get_by_text("Make draft products of selection list: Summer")).to_have_count(0)
