"""Many clerks have the same parcel stopped at the same moment: the carrier is asked once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import DomainError
from opsdesk.inbox.models import WorkItem
from orders.models import Interception, Order
from orders.services import steps
from orders.services.tracking import interceptions
from tests.builders import NOW, a_shipped_order, a_shop, a_sku

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
CLERKS = 20


@pytest.fixture
def order() -> Order:
    a_sku(a_shop(), on_hand=20)
    return a_shipped_order()


def intercept_together(order: Order) -> Counter[str]:
    """Press the button from many threads at once; what became of each."""
    gate = Barrier(CLERKS)

    def press(_: int) -> str:
        try:
            gate.wait(20)
            interceptions.intercept_order(order_id=order.pk, reason="wrong size", actor=SYSTEM, now=NOW)
        except (DomainError, IntegrityError) as refusal:
            return type(refusal).__name__
        else:
            return "asked"
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        return Counter(pool.map(press, range(CLERKS)))


def test_one_parcel_is_stopped_once(order: Order) -> None:
    assert intercept_together(order) == {"asked": 1, "AlreadyIntercepted": CLERKS - 1}

    assert Interception.objects.count() == 1
    assert WorkItem.objects.filter(kind=interceptions.ASK).count() == 1


def test_without_the_locks_only_the_database_is_left(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the race is real, and behind the locks the database still refuses the second."""
    monkeypatch.setattr(interceptions, "lock_many", lambda rows, **_: list(rows))
    monkeypatch.setattr(steps, "lock_many", lambda rows, **_: list(rows))
    for _ in range(5):
        found = intercept_together(order)
        assert Interception.objects.count() == 1
        if found["IntegrityError"]:
            return
        Interception.objects.all().delete()
    pytest.fail("unlocked clerks never collided")
