"""First figures from a file, in a real browser: looked at before they are written, and not written while a row is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import StockMovement
from opsdesk.accounts.roles import Role
from tests.builders import a_shop, a_sku, a_user, stock_of
from tests.builders.tables import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def goods(transactional_db: None) -> Any:
    return a_sku(a_shop())


def test_a_table_with_a_wrong_row_is_mended_and_taken_in(goods: Any, tmp_path: Path, sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.WAREHOUSE))

    _upload(page, tmp_path / "first.xlsx", ("TS-RED-M", "sz-01", 120), ("NOPE", "sz-01", 8))
    row = page.get_by_role("row").filter(has_text="There is no such SKU.")
    expect(row).to_contain_text("NOPE")
    expect(row).to_contain_text("3")
    assert (stock_of(goods), StockMovement.objects.count()) == ((0, 0), 0)

    _upload(page, tmp_path / "second.xlsx", ("TS-RED-M", "sz-01", 120))
    assert stock_of(goods) == (0, 0)
    page.get_by_role("button", name="Write all rows").press("Enter")
    expect(page.locator("[data-state=applied]")).to_be_visible()
    assert stock_of(goods) == (120, 0)


def _upload(page: Page, file: Path, *rows: tuple[Any, ...]) -> None:
    file.write_bytes(xlsx(("规格编码", "仓库", "数量"), *rows))
    page.goto("/admin/imports/")
    page.get_by_role("link", name="Opening stock").first.click()
    page.set_input_files("input[type=file]", file)
    page.locator("main button[type=submit]").click()
