"""Auditing a sample of live listings by keyboard, in a real browser under the real security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import AuditedField, ListingError, QualityAudit
from catalog.rules.quality.lifecycles import CHECKED_FIELDS
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import a_live_listing, a_shop, a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def listing(transactional_db: None) -> Any:
    a_shop()
    return a_live_listing(supplier="South Factory")


def test_a_sample_is_drawn_and_audited_without_a_mouse(listing: Any, sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.PRODUCT_SUPERVISOR))
    page.goto("/admin/catalog/qualityaudit/add/")
    page.fill("[name=size]", "1")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Audit", exact=True).click()

    expect(page.locator("[data-judge-row]").first).to_be_focused()
    page.keyboard.press("w")
    page.keyboard.type("Wrong")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("the old name")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    for _ in CHECKED_FIELDS[1:]:
        page.keyboard.press("r")
    expect(page.locator("#judge-done")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The sample")).to_be_visible()
    error = ListingError.objects.get()
    assert (error.field, error.kind, error.note, error.supplier) == ("title", "wrong", "the old name", "South Factory")
    assert AuditedField.objects.filter(is_right=True).count() == len(CHECKED_FIELDS) - 1
    assert QualityAudit.objects.get().state == "closed"
    assert not WorkItem.objects.filter(kind="catalog.quality_audit", closed_at=None).exists()
    page.goto("/admin/catalog/auditedfield/error-rate/")
    expect(page.get_by_role("rowheader", name="South Factory")).to_be_visible()
