"""What every import has: long tables by the worker, nothing lost when it dies, previews that cannot write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.urls import reverse

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.accounts.services import set_active
from opsdesk.audit.models import AuditEntry
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, IllegalTransition, Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.files.models import StoredFile
from opsdesk.imports import services
from opsdesk.imports.definitions import REGISTER, Column, Importer, ParsedRow, RowResult, refused, register
from opsdesk.imports.enums import Outcome, Policy
from opsdesk.imports.models import ImportFile, ImportRow
from opsdesk.imports.passes import RowsRefused
from opsdesk.imports.reading import BATCH
from opsdesk.imports.services import AT_ONCE, LEASE, MAX_ATTEMPTS, apply_table, upload_table, work_off
from opsdesk.imports.tasks import sweep
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_shop, a_user, an_actor
from tests.builders.tables import csv, uploaded
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
CODE = "tests.things"
LONG = AT_ONCE + BATCH + 1  # rows: too many to wait for, and more than one batch


class Things:
    """An importer's service over a shelf in the audit trail: a thing is known when the trail names it."""

    def __init__(self) -> None:
        self.calls: list[tuple[bool, int, dict[str, Any]]] = []
        self.impossible: set[str] = set()
        self.dies_at: str = ""

    def __call__(self, *, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: Any, **more: Any) -> Sequence[RowResult]:
        self.calls.append((write, len(rows), more))
        names = [row.data for row in rows]
        if self.dies_at in names:
            raise MemoryError
        known = set(AuditEntry.objects.filter(action="tests.thing", subject_id__in=names).values_list("subject_id", flat=True))
        results = []
        for row in rows:
            if row.data in self.impossible:
                results.append(refused(row.number, row.data, Issue("/name", "impossible", "It is impossible.")))
            else:
                results.append(RowResult(row.number, Outcome.EXISTING if row.data in known else Outcome.CREATED, row.data))
                if write and row.data not in known:
                    record(Change("tests.thing", "thing", row.data), actor=actor, now=now)
        return results


def _parse(cells: Mapping[str, str]) -> str:
    if "name" not in cells:
        raise Invalid(issues=[Issue("/name", "required", "It is needed.")])
    return cells["name"]


THINGS = Importer(
    code=CODE,
    title="Things",
    permission="catalog.view_category",
    columns=(Column("name", "Name", "a", required=True), Column("group", "Group", "")),
    parse=_parse,
    run=lambda **_: (),
    sop="Ours: 0013",
    key=("name",),
)


@pytest.fixture
def things() -> Iterator[Things]:
    service = Things()
    register(replace(THINGS, run=service))
    yield service
    del REGISTER[CODE]


@pytest.fixture
def actor(db: None) -> Actor:
    return an_actor(Role.DESIGNER)


def table(count: int, *, of: str = "thing") -> bytes:
    return csv(("name",), *((f"{of}{number}",) for number in range(count)))


def upload(content: bytes, actor: Actor, **kwargs: Any) -> ImportFile:
    given = {"code": CODE, "upload": uploaded("t.csv", content), "shop_id": None, "actor": actor, "now": NOW}
    return upload_table(**{**given, **kwargs})


def order(work: ImportFile, policy: Policy, actor: Actor) -> ImportFile:
    return apply_table(public_id=work.public_id, policy=policy, actor=actor, now=NOW)


def shelf() -> int:
    return AuditEntry.objects.filter(action="tests.thing").count()


def fresh(work: ImportFile) -> ImportFile:
    return ImportFile.objects.get(pk=work.pk)


@pytest.mark.parametrize(("rows", "state"), [(AT_ONCE, "previewed"), (AT_ONCE + 1, "uploaded")])
def test_a_short_table_is_checked_at_once_a_long_one_by_the_worker(things: Things, actor: Actor, rows: int, state: str) -> None:
    work = upload(table(rows), actor)
    assert fresh(work).state == state

    sweep()

    work = fresh(work)
    assert (work.state, work.created, work.rows.count(), shelf()) == ("previewed", rows, rows, 0)


@pytest.mark.parametrize("policy", Policy)
def test_a_long_table_is_written_by_the_worker(things: Things, actor: Actor, policy: Policy) -> None:
    work = upload(table(LONG), actor)
    work_off(now=NOW)
    assert order(fresh(work), policy, actor).state == "applying"
    assert shelf() == 0

    assert [work_off(now=NOW) for _ in range(3)] == [1, 0, 0]

    work = fresh(work)
    assert (work.state, work.created, work.finished_at, shelf()) == ("applied", LONG, NOW, LONG)
    assert [count for write, count, _ in things.calls if write] == [BATCH, LONG - BATCH]
    assert AuditEntry.objects.filter(action="tests.thing").values_list("actor_id", flat=True).distinct().get() == actor.id


def test_a_worker_that_dies_loses_nothing_and_doubles_nothing(
    things: Things, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = upload(table(LONG), actor)
    work_off(now=NOW)
    order(fresh(work), Policy.GOOD_ROWS, actor)
    things.dies_at = f"thing{BATCH}"
    work_off(now=NOW)
    assert (fresh(work).state, fresh(work).created, shelf()) == ("applying", BATCH, BATCH)

    things.dies_at = ""
    assert work_off(now=NOW + LEASE) == 0
    assert work_off(now=NOW + LEASE + timedelta(seconds=1)) == 1

    work = fresh(work)
    assert (work.state, work.created, work.existing, work.rows.count(), shelf()) == ("applied", LONG, 0, LONG, LONG)


def test_all_or_nothing_means_nothing_until_the_last_row(things: Things, actor: Actor) -> None:
    work = upload(table(LONG), actor)
    work_off(now=NOW)
    order(fresh(work), Policy.ALL, actor)
    things.dies_at = f"thing{LONG - 1}"
    work_off(now=NOW)
    assert (fresh(work).state, fresh(work).created, shelf()) == ("applying", 0, 0)


def test_what_fails_three_times_is_given_up(things: Things, actor: Actor) -> None:
    things.dies_at = "thing0"
    work = upload(table(LONG), actor)

    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert fresh(work).state == "uploaded"
        work_off(now=NOW + (LEASE + timedelta(seconds=1)) * attempt)

    assert (fresh(work).state, fresh(work).problem) == ("failed", services.GIVEN_UP)
    assert work_off(now=NOW + timedelta(days=1)) == 0


def test_a_row_that_has_become_impossible_keeps_all_out_and_is_shown(things: Things, actor: Actor) -> None:
    for rows in (2, LONG):
        work = upload(table(rows, of=f"of{rows}-"), actor)
        work_off(now=NOW)
        things.impossible = {f"of{rows}-{rows - 1}"}

        order(fresh(work), Policy.ALL, actor)
        work_off(now=NOW)

        work = fresh(work)
        assert (work.state, work.created, work.refused, shelf()) == ("previewed", rows - 1, 1, 0)
        assert work.problem == services.CHANGED_SINCE
        assert list(work.rows.filter(outcome="refused").values_list("label", flat=True)) == [f"of{rows}-{rows - 1}"]


def test_who_may_no_longer_cannot_have_it_written(things: Things, actor: Actor) -> None:
    work = upload(table(LONG), actor)
    set_active(user=User.objects.get(pk=actor.id or 0), active=False, actor=SYSTEM, now=NOW)

    work_off(now=NOW)

    assert (fresh(work).state, fresh(work).problem) == ("failed", Forbidden.message)


def test_a_worker_that_was_given_up_writes_nothing_more(things: Things, actor: Actor) -> None:
    work = upload(table(LONG), actor)

    class Late(Things):
        def __call__(self, **kwargs: Any) -> Sequence[RowResult]:
            ImportFile.objects.update(claimed_until=NOW + timedelta(days=1))  # another worker's claim
            return super().__call__(**kwargs)

    work_off(now=NOW)
    order(fresh(work), Policy.GOOD_ROWS, actor)
    register(replace(THINGS, run=Late()))
    work_off(now=NOW)

    assert (fresh(work).state, fresh(work).created, shelf()) == ("applying", 0, 0)


class Forgetful(Things):
    """A service that writes and locks whatever it is told."""

    def __call__(self, *, write: bool, **kwargs: Any) -> Sequence[RowResult]:
        return super().__call__(write=True, **kwargs)


class Locking(Things):
    def __call__(self, **kwargs: Any) -> Sequence[RowResult]:
        lock_many(Shop.objects.all())
        return super().__call__(**kwargs)


class Silent(Things):
    def __call__(self, **kwargs: Any) -> Sequence[RowResult]:
        return super().__call__(**kwargs)[1:]


@pytest.mark.parametrize(
    ("service", "error", "message"),
    [
        (Forgetful(), DatabaseError, "read-only transaction"),
        (Locking(), DatabaseError, "read-only transaction"),
        (Silent(), RuntimeError, "did not answer every row once"),
    ],
)
def test_a_preview_cannot_write_lock_or_leave_a_row_out(
    things: Things, actor: Actor, service: Things, error: type[Exception], message: str
) -> None:
    register(replace(THINGS, run=service))
    with pytest.raises(error, match=message):
        upload(table(2), actor)
    assert (ImportFile.objects.count(), StoredFile.objects.count(), shelf()) == (0, 0, 0)


def test_rows_of_one_group_come_together(things: Things, actor: Actor) -> None:
    register(replace(THINGS, run=things, group=("group",)))
    rows = [(f"t{n}", "a" if n < BATCH - 1 else "b" if n < BATCH + 9 else "c") for n in range(BATCH + 20)]
    upload(csv(("name", "group"), *rows), actor)
    work_off(now=NOW)
    assert [count for _, count, _ in things.calls] == [BATCH + 9, 11]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (csv(("name",)), "empty_table"),
        (csv(("group",), ("x",)), "missing_header"),
        (csv(("name", "NAME "), ("x", "y")), "duplicate_header"),
        (b'name\n"never closed\n', "unclosed_quote"),
        (b"name\n\xff\n", "unknown_encoding"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_in_the_browser_and_leaves_nothing(
    things: Things, content: bytes, code: str
) -> None:
    browser = signed_in(a_user(Role.DESIGNER))
    before = row_counts()

    answer = browser.post(reverse("admin:import_new", args=[CODE]), {"file": uploaded("t.csv", content)})

    assert answer.status_code in (400, 422)
    assert answer.context["form"].errors["file"]
    assert row_counts() == before


def test_a_table_that_is_too_large_is_refused(things: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "FILE_LIMIT", 10)
    answer = signed_in(a_user(Role.DESIGNER)).post(
        reverse("admin:import_new", args=[CODE]), {"file": uploaded("t.csv", b"name\nabcdef\n")}
    )
    assert (answer.status_code, ImportFile.objects.count()) == (413, 0)


def test_no_file_and_no_import_of_that_name(things: Things) -> None:
    browser = signed_in(a_user(Role.DESIGNER))
    assert browser.post(reverse("admin:import_new", args=[CODE]), {}).status_code == 422
    assert browser.get(reverse("admin:import_new", args=["no.such"])).status_code == 404
    assert browser.get(reverse("admin:import", args=["imp_no"])).status_code == 404
    assert browser.get(reverse("admin:import_template", args=[CODE, "exe"])).status_code == 404


def test_an_import_of_a_shop_is_the_business_of_those_who_see_it(things: Things) -> None:
    register(replace(THINGS, run=things, by_shop=True))
    mine, theirs = a_shop("mine"), a_shop("theirs")
    browser, other = (signed_in(a_user(Role.DESIGNER, shops=[shop])) for shop in (mine, theirs))
    url = reverse("admin:import_new", args=[CODE])

    for shop in ("", theirs.pk):
        assert browser.post(url, {"file": uploaded("t.csv", table(1)), "shop": shop}).status_code == 422
    assert browser.post(url, {"file": uploaded("t.csv", table(1)), "shop": mine.pk}).status_code == 302

    work = ImportFile.objects.get()
    assert (work.shop, things.calls) == (mine, [(False, 1, {"shop_id": mine.pk})])
    pages = [reverse("admin:import", args=[work.public_id]), reverse("admin:file", args=[work.file.public_id])]
    assert [[client.get(page).status_code for page in pages] for client in (browser, other)] == [[200, 200], [404, 404]]


def test_the_service_keeps_the_shop_as_well(things: Things, actor: Actor) -> None:
    register(replace(THINGS, run=things, by_shop=True))
    with pytest.raises(Invalid):
        upload(table(1), actor)
    with pytest.raises(Forbidden):
        upload(table(1), replace(actor, shop_ids=frozenset()), shop_id=a_shop("mine").pk)
    with pytest.raises(Forbidden):
        upload(table(1), SYSTEM)


def test_it_is_written_once_however_often_it_is_ordered(things: Things, actor: Actor) -> None:
    work = order(upload(table(2), actor), Policy.ALL, actor)
    with pytest.raises(IllegalTransition):
        order(work, Policy.ALL, actor)
    assert shelf() == 2


def test_rows_refused_at_the_check_are_not_ordered_all_or_nothing(things: Things, actor: Actor) -> None:
    things.impossible = {"thing1"}
    work = upload(table(2), actor)
    with pytest.raises(RowsRefused):
        order(work, Policy.ALL, actor)
    assert (fresh(work).state, fresh(work).rows.count(), shelf()) == ("previewed", 2, 0)


def test_the_page_of_a_long_import_shows_its_rows_a_hundred_at_a_time(
    things: Things, django_assert_max_num_queries: Any
) -> None:
    things.impossible = {"thing5", "thing205"}
    browser = signed_in(a_user(Role.DESIGNER))
    browser.post(reverse("admin:import_new", args=[CODE]), {"file": uploaded("t.csv", table(LONG))})
    work = ImportFile.objects.get()
    url = reverse("admin:import", args=[work.public_id])
    assert 'data-reload="3"' in text_of(browser.get(url))
    work_off(now=NOW)

    with django_assert_max_num_queries(14):
        page: Any = browser.get(url)
    assert 'data-reload="3"' not in text_of(page)
    assert [item["row"].number for item in page.context["rows"]] == list(range(2, 102))
    later: Any = browser.get(url, {"after": page.context["next_after"]})
    assert later.context["rows"][0]["row"].number == 102
    bad: Any = browser.get(url, {"outcome": "refused", "after": "x"})
    assert [item["row"].number for item in bad.context["rows"]] == [7, 207]


def test_the_list_of_imports_takes_the_same_number_of_queries_however_many(
    things: Things, actor: Actor, django_assert_num_queries: Any
) -> None:
    browser = signed_in(User.objects.get(pk=actor.id or 0))
    for _ in range(2):
        upload(table(2), actor)
        with django_assert_num_queries(6):
            assert browser.get(reverse("admin:imports")).status_code == 200
    assert ImportRow.objects.count() == 4
