"""The agents' workbench in a real browser under the real security policy: what comes in is seen and heard at once."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from support.models import AgentPresence
from support.services.knowledge.articles import ArticleText, publish_article, write_article
from tests.builders import NOW, a_client, a_shop, a_user

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


def test_an_answer_is_put_where_the_cursor_is_and_presence_leaves_the_text_alone(
    sign_in: Callable[..., Page], channel: Callable[..., Any]
) -> None:
    for title, answer in (("怎么退货", "签收后 7 天内可以退货。"), ("保温杯能保温多久", "6 小时后仍在 60℃ 以上。")):
        text = ArticleText(title, answer)
        row = write_article(kind="policy", shop_id=None, text=text, actor=SYSTEM, now=NOW)
        publish_article(article_id=row.pk, actor=SYSTEM, now=NOW)
    ticket = a_chat(channel, "怎么退货")
    page = sign_in(a_user(Role.CUSTOMER_SERVICE))
    page.goto(f"/admin/support/ticket/{ticket['id']}/change/")
    body = page.locator("#bench-body")
    body.fill("您好：")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(body).to_have_value("您好：\n签收后 7 天内可以退货。")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.type("保温")
    page.keyboard.press("Enter")
    page.locator("#bench-answers").get_by_text("保温杯能保温多久").wait_for()
    page.locator("#bench-answers [data-insert]").click()
    expect(body).to_have_value("您好：\n签收后 7 天内可以退货。\n6 小时后仍在 60℃ 以上。")

    online = page.locator("#bench-presence [value=online]")
    expect(online).to_have_attribute("aria-pressed", "false")
    online.click()
    expect(online).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#bench-online")).to_have_text("1 agent is online")
    expect(body).to_have_value("您好：\n签收后 7 天内可以退货。\n6 小时后仍在 60℃ 以上。")
    assert AgentPresence.objects.get().state == "online"


def test_what_the_customer_says_next_changes_the_suggestions(sign_in: Callable[..., Page], channel: Callable[..., Any]) -> None:
    text = ArticleText("保温杯能保温多久", "6 小时后仍在 60℃ 以上。")
    row = write_article(kind="policy", shop_id=None, text=text, actor=SYSTEM, now=NOW)
    publish_article(article_id=row.pk, actor=SYSTEM, now=NOW)
    ticket = a_chat(channel, "Hello")
    page = sign_in(a_user(Role.CUSTOMER_SERVICE))
    page.goto(f"/admin/support/ticket/{ticket['id']}/change/")
    expect(page.locator("#bench-answers")).to_contain_text("Nothing in the knowledge base fits.")
    page.wait_for_timeout(1200)
    channel(f"tickets/{ticket['id']}/messages/", body="保温杯能保温多久")
    expect(page.locator("#bench-answers")).to_contain_text("6 小时后仍在", timeout=5000)
