"""Every action of the audit trail has a name that people can read."""

import re
from pathlib import Path

import pytest

from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from opsdesk.audit.labels import REGISTER, label
from orders.rules.lifecycle import ORDER_LIFECYCLE

ROOT = Path(__file__).resolve().parents[2]
ACTION = re.compile(r"\bChange\(\s*\"([a-z_]+\.[a-z_]+)\"")


def written_actions() -> set[str]:
    sources = [path for tree in ("opsdesk", "catalog", "orders") for path in (ROOT / tree).rglob("*.py")]
    return {action for path in sources for action in ACTION.findall(path.read_text())}


def test_the_source_is_found() -> None:
    assert {"orders.created", "listings.drafted", "shops.created"} <= written_actions()


@pytest.mark.parametrize("action", sorted(written_actions()))
def test_an_action_that_is_written_has_a_name(action: str) -> None:
    assert action in REGISTER


@pytest.mark.parametrize("step", sorted(set(ORDER_LIFECYCLE.transitions) - {"intercept"}))
def test_every_step_of_an_order_has_a_name(step: str) -> None:
    assert f"orders.{step}" in REGISTER


@pytest.mark.parametrize("step", sorted(LISTING_LIFECYCLE.transitions))
def test_every_step_of_a_listing_has_a_name(step: str) -> None:
    assert f"listings.{step}" in REGISTER


def test_what_nobody_has_named_is_shown_as_it_is() -> None:
    assert label("tests.unnamed") == "tests.unnamed"
