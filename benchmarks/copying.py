"""Copying rows inside the database: indexes and foreign keys are built anew afterwards, as in every large import."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PUBLIC = "left(t.public_id, 4) || lpad(g::text, 26, '0')"
TIMES = {"created_at": "now() - g * interval '1 second'", "updated_at": "now() - g * interval '1 second'"}


def copy(name: str, exprs: dict[str, str], first: int, last: int) -> None:
    """Insert copies number `first` to `last` of the table's first row."""
    stored = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
    columns = [str(row[0]) for row in run(stored, name)]
    exprs = exprs | {"id": "t.id + g"}
    values = ", ".join(exprs.get(column, f"t.{column}") for column in columns)
    source = f"(SELECT * FROM {name} ORDER BY id LIMIT 1) t, generate_series({first}, {last}) g"
    run(f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {source}")
    run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")


@contextmanager
def bare_tables(names: list[str]) -> Iterator[None]:
    """Take away what slows inserting down, put it back and let the planner count."""
    keys = run("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)", names)  # fmt: skip
    indexes = run("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
                   "(SELECT FROM pg_constraint WHERE conname = indexname)", names)  # fmt: skip
    for table, key, _ in keys:
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{key}"')
    for index, _ in indexes:
        run(f'DROP INDEX "{index}"')
    yield
    run("SET maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        run(str(definition))
    for table, key, definition in keys:
        run(f'ALTER TABLE {table} ADD CONSTRAINT "{key}" {definition}')
    for name in names:
        run(f"VACUUM (ANALYZE) {name}")


def run(sql: str, *params: str | list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else []
