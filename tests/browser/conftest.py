"""A real browser before a real server on the test's database."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from opsdesk.accounts.models import User
from tests.builders.accounts import PASSWORD
from tests.kit import servers

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread; the ORM is still ours
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
DESKTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, log: Path) -> Iterator[str]:
    """The address of a gunicorn that works on the test's database."""
    with servers.web(log) as url:
        yield url


@pytest.fixture
def sign_in(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Signs a member of staff in and gives their page; what the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(user: User, *, language: str = "en") -> Page:
        context = chromium.new_context(viewport=DESKTOP, locale=language, base_url=site)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/login/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
