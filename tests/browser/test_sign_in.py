"""Signing in, finding one's work, and reading it in one's language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from tests.builders import a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]


def test_a_member_of_staff_signs_in_and_finds_their_work(sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.OPERATIONS_SUPERVISOR))

    expect(page).to_have_title("My work | opsdesk")
    expect(page.get_by_role("link", name="Parameters")).to_be_visible()


def test_the_sidebar_shows_only_what_one_may_open(sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.WAREHOUSE))

    expect(page.locator("a[href='/admin/catalog/stockitem/']")).to_be_visible()
    expect(page.get_by_role("link", name="Parameters")).to_have_count(0)
