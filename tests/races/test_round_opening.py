"""Two processes open the same check round at the same moment: one round, one snapshot, one piece of work."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction

from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.models import CheckRound, CheckRoundItem
from orders.services.rounds.rounds import open_rounds
from tests.builders import a_shop, a_sku, an_order
from tests.builders.times import at

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'orders_checkround'::regclass"
CONSTRAINT = "checkround_one_a_slot"


def _open() -> int:
    try:
        return open_rounds(slot=at(9), actor=SYSTEM, now=at(9))
    finally:
        connections.close_all()


def _two_at_once() -> list[int]:
    """Both wait at the table until both are there, then run."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE orders_checkround IN SHARE ROW EXCLUSIVE MODE")
            calls = [pool.submit(_open) for _ in range(2)]
            end, waiting = monotonic() + 2, 0
            while waiting < 2 and monotonic() < end:
                cursor.execute(WAITING)
                waiting = cursor.fetchone()[0]
                sleep(0.02)
            assert waiting == 2
        return sorted(call.result() for call in calls)


@contextmanager
def _without_the_constraint() -> Iterator[None]:
    constraint = next(each for each in CheckRound._meta.constraints if each.name == CONSTRAINT)
    with connection.schema_editor() as schema:
        schema.remove_constraint(CheckRound, constraint)
    try:
        yield
    finally:
        CheckRoundItem.objects.all().delete()
        CheckRound.objects.all().delete()
        with connection.schema_editor() as schema:
            schema.add_constraint(CheckRound, constraint)


def test_the_same_round_opened_twice_at_once_is_one_round() -> None:
    a_sku(a_shop(), on_hand=10)
    an_order()

    assert _two_at_once() == [0, 1]
    assert (CheckRound.objects.count(), CheckRoundItem.objects.count(), WorkItem.objects.count()) == (1, 1, 1)


def test_without_the_unique_slot_it_would_be_two() -> None:
    a_sku(a_shop(), on_hand=10)
    an_order()

    with _without_the_constraint():
        assert _two_at_once() == [1, 1]
        assert (CheckRound.objects.count(), CheckRoundItem.objects.count()) == (2, 2)
