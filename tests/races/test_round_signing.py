"""Two clerks sign the same check round at the same moment: one signature counts."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, connections, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import Actor
from opsdesk.common.errors import IllegalTransition
from opsdesk.webhooks.models import Event
from orders.models import CheckRound, Order
from orders.services.rounds import rounds
from tests.builders import a_shop, a_sku, an_actor, an_order
from tests.builders.rounds import a_round
from tests.builders.times import at

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]

WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"


def _sign(round_id: int, actor: Actor) -> str:
    try:
        rounds.sign_round(round_id=round_id, actor=actor, now=at(9, 5))
    except IllegalTransition:
        return "refused"
    finally:
        connections.close_all()
    return "signed"


def _two_at_once(round_: CheckRound, order: Order) -> list[str]:
    """Both come as far as they can while somebody else holds the order, then go on."""
    clerks = [an_actor(Role.CUSTOMER_SERVICE), an_actor(Role.CUSTOMER_SERVICE)]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            list(Order.objects.select_for_update().filter(pk=order.pk))
            calls = [pool.submit(_sign, round_.pk, clerk) for clerk in clerks]
            end, waiting = monotonic() + 2, 0
            while waiting < 2 and monotonic() < end:
                cursor.execute(WAITING)
                waiting = cursor.fetchone()[0]
                sleep(0.02)
            assert waiting == 2
        return sorted(call.result() for call in calls)


def _signatures() -> tuple[int, int]:
    """(signatures in the trail, times that the order was told to be released)"""
    signed = AuditEntry.objects.filter(action="checkround.sign").count()
    return signed, Event.objects.filter(type="order.processing").count()


def test_two_signatures_at_once_are_one() -> None:
    shop = a_shop()
    a_sku(shop, on_hand=10)
    order = an_order()
    round_ = a_round(shop)

    assert _two_at_once(round_, order) == ["refused", "signed"]
    assert _signatures() == (1, 1)


def test_without_the_rounds_lock_both_would_count(monkeypatch: Any) -> None:
    shop = a_shop()
    a_sku(shop, on_hand=10)
    order = an_order()
    round_ = a_round(shop)
    monkeypatch.setattr(rounds, "lock_many", lambda found, limit=None: list(found))

    assert _two_at_once(round_, order) == ["signed", "signed"]
    assert _signatures() == (2, 1)
