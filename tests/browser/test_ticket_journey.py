"""A chat in a real browser: it rings on the open workbench within a second, is answered by keyboard, and is solved."""

import json
from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from orders.models import Order
from support.models import Message, Ticket
from tests.builders import a_client, a_shop, a_sku, a_user, an_order
from tests.kit.http import Api

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def order(transactional_db: None) -> Order:
    a_sku(a_shop(), on_hand=20)
    return an_order()


def press(page: Page, label: str, **fields: str) -> None:
    """Press a button of the page, fill the form that it leads to and press it once more."""
    page.get_by_role("link", name=label).click()
    for name, given in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(given)
        else:
            field.fill(given)
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()


@pytest.mark.sop("S1", "S2")
def test_a_chat_rings_and_is_answered_by_keyboard(order: Order, sign_in: Callable[..., Page]) -> None:
    api, desk = Api(a_client()), sign_in(a_user(Role.CUSTOMER_SERVICE, username="li"))
    desk.goto("/admin/support/ticket/workbench/")
    desk.wait_for_timeout(700)  # the first question has been asked

    body = {"shop": "tmall-01", "channel": "chat", "subject": "Hello there", "body": "Where is it?", "order": order.number}
    answer = api.post("tickets/", body)
    began = monotonic()
    row = desk.locator("#bench-news [data-queue-row]")
    expect(row).to_have_text(f"Hello there {json.loads(answer.content)['number']}", timeout=5_000)
    took = monotonic() - began
    assert took < 1, took
    assert desk.title().startswith("(1) ")

    # by keyboard: j opens the first of the queue, r goes into the field
    desk.keyboard.press("j")
    desk.wait_for_url("**/change/")
    expect(desk.get_by_text("Where is it?")).to_be_visible()
    desk.keyboard.press("r")
    desk.keyboard.type("On its way")
    ticket = Ticket.objects.get()
    api.post(f"tickets/{ticket.public_id}/messages/", {"body": "Are you there?"})
    expect(desk.locator("#bench-said")).to_contain_text("Are you there?", timeout=3_000)
    assert desk.locator("#bench-body").input_value() == "On its way"
    desk.get_by_role("button", name="Send the reply").click()
    desk.wait_for_load_state()
    assert Message.objects.latest("pk").body == "On its way"

    desk.keyboard.press("e")
    desk.wait_for_url("**/do/resolve/")
    desk.locator("[name=solution_type]").select_option("answered")
    desk.locator("[name=solution]").fill("Told")
    desk.get_by_role("button", name="Resolve").click()
    desk.wait_for_url("**/change/")
    press(desk, "The customer was asked", channel="chat", said="solved", words="By chat: thanks")
    ticket.refresh_from_db()
    assert ticket.state == "confirmed"


@pytest.mark.sop("S1", "S2")
def test_a_call_is_filed_in_seconds(order: Order, sign_in: Callable[..., Page]) -> None:
    desk = sign_in(a_user(Role.CUSTOMER_SERVICE))
    began = monotonic()
    desk.goto("/admin/support/ticket/enter/")
    desk.locator("#enter-q").fill("13800000000")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name=order.number).click()
    desk.locator("[name=subject]").fill("Parcel")
    desk.locator("[name=body]").fill("Where is it?")
    desk.get_by_role("button", name="Open the ticket").click()
    desk.wait_for_url("**/change/")
    assert monotonic() - began < 30
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.order, ticket.customer) == ("phone", order, order.customer)
