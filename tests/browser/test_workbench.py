"""The agents' workbench in a real browser under the real security policy: what comes in is seen and heard at once."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from tests.builders import a_client, a_shop, a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]

BENCH = "/admin/support/ticket/workbench/"
WITHIN = 1000  # milliseconds
EARS = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...args) { window.tones += 1; return start.apply(this, args); };
"""


@pytest.fixture
def shop(transactional_db: None) -> Any:
    return a_shop()


@pytest.fixture
def channel(shop: Any, site: str) -> Callable[..., Any]:
    """The chat program, which passes messages on by REST."""
    key, serial = a_client(), iter(range(1000))

    def send(path: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"chat-{next(serial)}"}
        answer = requests.post(f"{site}/api/v1/{path}", json=body, headers=headers, timeout=10)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return send


def a_chat(channel: Callable[..., Any], text: str) -> Any:
    return channel("tickets/", shop="tmall-01", channel="chat", subject=text, body=text)


def test_a_new_chat_is_seen_and_heard_within_a_second(sign_in: Callable[..., Page], channel: Callable[..., Any]) -> None:
    page = sign_in(a_user(Role.CUSTOMER_SERVICE))
    page.add_init_script(EARS)
    page.goto(BENCH)
    title = page.title()
    page.wait_for_timeout(1200)
    for number in (1, 2, 3):
        a_chat(channel, f"Where is parcel {number}?")
        answered = time.monotonic()
        expect(page.locator("#bench-news a").first).to_contain_text(f"Where is parcel {number}?", timeout=WITHIN)
        assert time.monotonic() - answered < WITHIN / 1000
        assert page.title() == f"({number}) {title}"
    assert page.evaluate("window.tones") == 3


def test_agents_walk_the_queue_by_keyboard_and_see_each_other(
    sign_in: Callable[..., Page], channel: Callable[..., Any]
) -> None:
    older, _ = a_chat(channel, "Older"), a_chat(channel, "Newer")  # who waits longest is first
    one, two = a_user(Role.CUSTOMER_SERVICE), a_user(Role.CUSTOMER_SERVICE)
    page = sign_in(one)
    page.goto(BENCH)
    page.keyboard.press("j")
    expect(page.locator("#talk-title")).to_contain_text("Older")
    page.keyboard.press("j")
    expect(page.locator("#talk-title")).to_contain_text("Newer")
    page.keyboard.press("k")
    expect(page.locator("#talk-title")).to_contain_text("Older")
    expect(page.locator("#bench-viewing")).to_be_hidden()
    other = sign_in(two)
    other.goto(f"/admin/support/ticket/{older['id']}/change/")
    expect(page.locator("#bench-viewing")).to_contain_text(two.username, timeout=10_000)
    expect(other.locator("#bench-viewing")).to_contain_text(one.username, timeout=10_000)
