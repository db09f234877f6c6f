"""Rows of several tables in one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.audit.models import AuditEntry
from opsdesk.common.inserts import insert, together
from opsdesk.webhooks.models import Event
from tests.builders import NOW


def entry(action: str) -> AuditEntry:
    return AuditEntry(at=NOW, actor_kind="system", actor_label="system", action=action, subject_kind="x", subject_id="1")


def event(sequence: int) -> Event:
    return Event(type="x", occurred_at=NOW, subject_kind="x", subject_id="1", sequence=sequence, data={"n": sequence})


@pytest.mark.django_db
def test_what_is_inserted_together_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as statements, together():
        insert([entry("a"), entry("b")])
        insert([event(1), event(2), event(3)])
        insert([])

    assert len(statements) == 1
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == ["a", "b"]
    assert list(Event.objects.order_by("id").values_list("data__n", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_alone_it_is_written_at_once_and_nothing_costs_nothing() -> None:
    with CaptureQueriesContext(connection) as statements:
        insert([entry("a")])
        insert([])
        with together():
            pass

    assert len(statements) == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_after_an_error_nothing_is_written() -> None:
    def fail() -> None:
        with together():
            insert([entry("a")])
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    insert([entry("b")])

    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["b"]
