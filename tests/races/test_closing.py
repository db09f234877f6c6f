"""Two people close a settlement at the same moment: one does. Without lock and triggers, both would."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from orders.models import SettlementBatch
from orders.services.finance import batches
from orders.services.finance.closing import close_batch
from tests.builders import a_shop, a_sku, an_actor
from tests.builders.finance import TOMORROW, a_checked_batch, a_completed_order

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
PEOPLE = 4


@pytest.fixture
def batch() -> SettlementBatch:
    a_sku(a_shop(), on_hand=20)
    a_completed_order()
    return a_checked_batch()


@pytest.fixture
def people() -> list[Actor]:
    return [an_actor(Role.OPERATIONS_MANAGER) for _ in range(PEOPLE)]


def close_all(batch: SettlementBatch, people: list[Actor], gate: Barrier) -> list[str]:
    """Close from as many threads as there are people; what became of each."""

    def close(actor: Actor) -> str:
        try:
            gate.wait(20)
            with transaction.atomic():
                close_batch(batch_id=batch.pk, actor=actor, now=TOMORROW)
        except (DomainError, DatabaseError) as refusal:
            return type(refusal).__name__
        else:
            return "closed"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(close, people))


def closings(batch: SettlementBatch) -> int:
    return AuditEntry.objects.filter(action="orders.batch_close", subject_id=batch.public_id).count()


def test_one_of_many_closes_it(batch: SettlementBatch, people: list[Actor]) -> None:
    assert close_all(batch, people, Barrier(PEOPLE)) == ["IllegalTransition"] * (PEOPLE - 1) + ["closed"]
    assert closings(batch) == 1


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody looks before anybody writes."""
    seen = Barrier(PEOPLE)

    def look(queryset: Any) -> Any:
        found = queryset.get()
        seen.wait(20)
        return found

    monkeypatch.setattr(batches, "lock_one", look)


def test_without_the_row_lock_the_database_still_lets_only_one(
    batch: SettlementBatch, people: list[Actor], unlocked: None
) -> None:
    found = close_all(batch, people, Barrier(PEOPLE))
    assert (found.count("closed"), closings(batch)) == (1, 1)
    assert len(found) - found.count("closed") == PEOPLE - 1


@pytest.fixture
def untriggered(batch: SettlementBatch) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_settlementbatch DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_settlementbatch ENABLE TRIGGER USER")


def test_without_lock_and_trigger_everybody_closes_it(
    batch: SettlementBatch, people: list[Actor], unlocked: None, untriggered: None
) -> None:
    """The negative control: the race is real."""
    assert close_all(batch, people, Barrier(PEOPLE)) == ["closed"] * PEOPLE
    assert closings(batch) == PEOPLE
