"""The sidebar marks the entry of the present page, and no other."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from opsdesk.web.navigation import sidebar


@pytest.mark.parametrize(
    "page",
    ["index", "orders_carrier_scorecard", "orders_carrierscore_changelist", "orders_order_changelist", "orders_order_find"],
)
def test_only_the_page_itself_lights_up(page: str) -> None:
    groups = sidebar(RequestFactory().get(reverse(f"admin:{page}")))

    assert [entry["link"] for group in groups for entry in group["items"] if entry["active"]] == [reverse(f"admin:{page}")]


def test_a_page_below_lights_up_its_list_and_a_page_without_an_entry_none() -> None:
    below = sidebar(RequestFactory().get(reverse("admin:orders_carrierscore_change", args=[1])))
    nowhere = sidebar(RequestFactory().get(reverse("admin:index") + "elsewhere/"))

    assert [str(entry["title"]) for group in below for entry in group["items"] if entry["active"]] == ["Monthly ratings"]
    assert not [entry for group in nowhere for entry in group["items"] if entry["active"]]
