"""Nobody changes the trail: not through the ORM, not by raw SQL, not as the app's own database role."""

import os

import psycopg2
import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, transaction

from opsdesk.audit.models import AuditEntry
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM
from tests.builders import NOW
from tests.kit.servers import database_url


@pytest.fixture
def entry(db: None) -> AuditEntry:
    record(Change("tests.done", "test", "t_1"), actor=SYSTEM, now=NOW)
    return AuditEntry.objects.get()


@pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET reason = 'x'", "DELETE FROM audit_auditentry"])
def test_the_database_refuses_to_change_or_delete_an_entry(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().reason == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_apps_role_has_no_privilege_to_try(statement: str) -> None:
    record(Change("tests.done", "test", "t_1"), actor=SYSTEM, now=NOW)
    url = os.environ["DATABASE_APP_URL"].rsplit("/", 1)[0] + "/" + database_url().rsplit("/", 1)[1]
    from dj_database_url import parse

    place = parse(url)
    app = psycopg2.connect(
        host=place["HOST"], port=place["PORT"] or None, user=place["USER"], password=place["PASSWORD"], dbname=place["NAME"]
    )
    try:
        with app.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_auditentry")
            assert cursor.fetchone() == (1,)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="permission denied"):  # type: ignore[attr-defined]
                cursor.execute(statement.format("audit_auditentry"))
    finally:
        app.close()
