"""The monthly proof of coverage in the browser and as a table."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from opsdesk.accounts.roles import Role
from opsdesk.shops.models import Shop
from orders.services.rounds.rounds import sign_round
from tests.builders import a_shop, a_sku, a_user, an_actor, an_order
from tests.builders.rounds import a_round
from tests.builders.times import at
from tests.kit.browser import Desk, text_of

URL = "admin:orders_checkround_coverage"


@pytest.fixture
def shop(db: None, clock: Any) -> Shop:
    """A shop whose nine o'clock round was signed in time and whose two o'clock one is open."""
    clock.move_to(at(14, 10))
    shop = a_shop()
    a_sku(shop, on_hand=50)
    an_order()
    round_ = a_round(shop)
    sign_round(round_id=round_.pk, actor=an_actor(Role.CUSTOMER_SERVICE, username="chen"), now=at(9, 5))
    a_round(shop, slot=at(14))
    return shop


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(a_user(Role.OPERATIONS_SUPERVISOR))


@pytest.mark.sop("O3")
def test_the_month_shows_every_round_that_was_due(desk: Desk, shop: Shop) -> None:
    page: Any = desk.client.get(reverse(URL))

    found = page.context["found"]
    assert (found.due, found.in_time, found.late, found.missing, found.percent) == (2, 1, 0, 1, 50)
    ((_, slots),) = found.days
    assert [(one.slot, one.state, one.decided, one.total, one.signed_by) for one in slots] == [
        ("09:00", "signed_off", 1, 1, "chen"),
        ("14:00", "open", 0, 0, ""),
    ]
    assert "50 %" in text_of(page)


def test_a_day_that_beat_slept_through_is_red(desk: Desk, shop: Shop, clock: Any) -> None:
    clock.move_to(at(8, 30, day=13))

    page: Any = desk.client.get(reverse(URL))

    assert [len(slots) for _, slots in page.context["found"].days] == [3, 3]
    assert page.context["found"].missing == 5
    assert text_of(page).count("Did not take place") == 4


def test_the_proof_is_a_table(desk: Desk, shop: Shop) -> None:
    answer: Any = desk.client.get(reverse(URL), {"format": "xlsx", "shop": shop.code, "month": "2026-06"})

    sheet: Any = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][1:] == ("09:00", "Signed off", "no", 1, 1, 0, "chen")
    assert rows[2][1:3] == ("14:00", "Open")


@pytest.mark.sop("O3", refused=True)
def test_other_shops_and_months_that_are_none_are_refused(desk: Desk, shop: Shop) -> None:
    a_shop("other-01")
    own = Desk(a_user(Role.OPERATIONS_SUPERVISOR, shops=[shop]))

    assert own.client.get(reverse(URL), {"shop": "other-01"}).status_code == 422
    for month in ("", "soon", "2026-13", "0001-01"):
        assert desk.client.get(reverse(URL), {"month": month}).status_code == 422
    assert Desk(a_user(Role.DESIGNER)).client.get(reverse(URL)).status_code == 403


def test_a_month_without_rounds_says_so(desk: Desk, shop: Shop) -> None:
    assert "There was no check round in this month." in text_of(desk.client.get(reverse(URL), {"month": "2026-05"}))
