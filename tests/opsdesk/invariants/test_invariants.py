"""The check of the books: green when they agree, red with what breaks them, work for the supervisor, all clear again."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import StockItem
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.invariants.definitions import REGISTER
from opsdesk.invariants.models import InvariantRun
from opsdesk.invariants.services import check_all
from opsdesk.reviews.models import ReviewRequest
from opsdesk.webhooks.models import Event
from orders.enums.finance import RefundSource
from orders.models import Order, Refund, Shipment, ShipmentLine
from orders.services.finance.refunds import Claim, owe
from orders.services.returns.requesting import Wish, request_return
from tests.builders import NOW, a_live_listing, a_shipped_order, a_shop, a_sku, a_user, an_actor, an_order
from tests.builders.accounts import PASSWORD
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def books(db: None) -> Order:
    """A shop with orders, parcels and a refund, all in order."""
    a_sku(a_shop(), on_hand=50)
    order = an_order()
    owe(order, Claim(Decimal("10.00"), RefundSource.COMPENSATION, "k"), actor=SYSTEM, now=NOW)
    return order


def broken() -> dict[str, list[str]]:
    run = check_all(actor=SYSTEM, now=NOW)
    return {result["code"]: result["breaches"] for result in run.results if result["breaches"]}


def test_books_in_order_are_green_every_night(books: Order) -> None:
    run_at(name="invariants.check", now=NOW)

    run = InvariantRun.objects.get()
    assert (run.broken, [result["code"] for result in run.results]) == (0, list(REGISTER))
    assert not WorkItem.objects.filter(kind="invariants.broken").exists()


def test_stock_that_the_ledger_does_not_know_is_red_until_it_is_mended(books: Order) -> None:
    item = StockItem.objects.get()
    StockItem.objects.filter(pk=item.pk).update(on_hand=51)

    assert broken() == {"catalog.stock": ["TS-RED-M · sz-01: 51/2"]}
    work = WorkItem.objects.get(kind="invariants.broken")
    assert (work.role, work.closed_at, work.subject_id) == ("operations_supervisor", None, "catalog.stock")

    StockItem.objects.filter(pk=item.pk).update(on_hand=50)
    assert broken() == {}
    work.refresh_from_db()
    assert (work.closed_at, work.outcome) == (NOW, "holds")


def test_refund_sums_that_are_not_the_ledgers_are_red(books: Order) -> None:
    Order.objects.filter(pk=books.pk).update(owed_amount=Decimal("9.00"))
    assert broken() == {"orders.refunds": [books.number]}

    Refund.objects.all().delete()
    assert broken() == {"orders.refunds": [books.number]}


def test_a_state_that_nobody_was_told_of_is_red(books: Order) -> None:
    Event.objects.filter(subject_id=books.public_id).delete()

    assert broken() == {"orders.events": [books.number]}
    Order.objects.filter(pk=books.pk).update(historical=True)
    assert broken() == {}


def test_a_shipped_order_without_parcel_is_red(books: Order) -> None:
    order = a_shipped_order()
    assert broken() == {}

    Shipment.orders.through.objects.all().delete()
    assert broken() == {"orders.parcels": [order.number]}


def test_a_live_listing_that_was_not_approved_is_red(books: Order) -> None:
    listing = a_live_listing()
    assert broken() == {}
    ReviewRequest.objects.filter(stage="final").update(content_hash="of something else")

    assert broken() == {"catalog.listings": [f"{listing.product.code} r{listing.no}"]}


def test_supervisors_check_on_demand(client: Client, books: Order) -> None:
    supervisor = a_user(Role.OPERATIONS_SUPERVISOR)
    client.login(username=supervisor.username, password=PASSWORD)
    Event.objects.filter(subject_id=books.public_id).delete()

    assert "have not been checked yet" in client.get(reverse("admin:invariants")).content.decode()
    shown: Any = client.post(reverse("admin:invariants"), follow=True)

    page = shown.content.decode()
    assert books.number in page
    assert page.count(">Broken<") == 1
    assert page.count(">Holds<") == len(REGISTER) - 1


def test_others_do_not_check(client: Client, books: Order) -> None:
    finance = a_user(Role.FINANCE)
    client.login(username=finance.username, password=PASSWORD)
    before = row_counts()

    assert client.get(reverse("admin:invariants")).status_code == 200
    assert client.post(reverse("admin:invariants")).status_code == 403
    assert row_counts() == before
    with pytest.raises(Forbidden):
        check_all(actor=an_actor(Role.WAREHOUSE), now=NOW)
    client.login(username=a_user(Role.WAREHOUSE).username, password=PASSWORD)
    assert client.get(reverse("admin:invariants")).status_code == 403


def test_more_back_than_left_in_parcels_is_red(books: Order) -> None:
    order = a_shipped_order(quantity=3)
    wish = Wish(order.lines.get().sku_code, 2, "quality")
    request_return(order_id=order.pk, type_="refund_only", lines=[wish], actor=SYSTEM, now=NOW)
    assert broken() == {}

    ShipmentLine.objects.update(quantity=1)
    assert broken() == {"orders.returned": [order.number]}
    ShipmentLine.objects.update(quantity=2)
    assert broken() == {}
