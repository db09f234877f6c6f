"""The question mark opens the handbook's page of the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from tests.builders import a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]


def test_the_question_mark_opens_the_page_of_the_stock_alerts(sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.PURCHASING))
    page.goto("/admin/catalog/stockalert/")
    page.locator("#searchbar").press("?")
    expect(page.locator("#searchbar")).to_have_value("?")
    page.locator("#searchbar").blur()
    page.keyboard.press("?")

    page.wait_for_url("**/admin/handbook/C12/")
    expect(page.get_by_role("heading", name="Replenish what runs short")).to_be_visible()
    expect(page.locator("svg.od-chart")).to_be_visible()

    page.goto("/admin/catalog/stockalert/")
    page.get_by_role("link", name="Handbook page of this screen (key: ?)").click()
    page.wait_for_url("**/admin/handbook/C12/")
