"""The demo company is complete, consistent, and loaded once."""

import time
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from catalog.models import Category, Sku, StockAlert
from catalog.queries.invariants import unbalanced
from opsdesk.accounts.services import sync_roles
from orders.models import Order, OrderHold
from tests.support.rows import row_counts


def test_the_demo_company_is_loaded_once_and_adds_up(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_roles()
    monkeypatch.setenv("OPSDESK_DEMO_PASSWORD", "a dull password")
    start = time.monotonic()

    call_command("load_demo")

    assert time.monotonic() - start < 30
    assert Order.objects.count() == 2000
    assert Sku.objects.count() == 300
    assert Counter(Category.objects.values_list("level", flat=True)) == {1: 3, 2: 7, 3: 25}
    assert Counter(Order.objects.values_list("status", flat=True)) == {"completed": 1700, "pending": 300}
    assert open_holds() == {"awaiting_payment": 45, "address": 10, "contact": 10, "stock": 10}
    assert StockAlert.objects.count() >= 12
    assert not unbalanced().exists()
    before = row_counts()
    call_command("load_demo")
    assert row_counts() == before


def open_holds() -> Any:
    return Counter(OrderHold.objects.filter(released_at=None).values_list("code", flat=True))
