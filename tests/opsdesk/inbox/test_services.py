"""Work is raised once, claimed by one, finished, and told upwards when it is late."""

from datetime import timedelta

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Forbidden
from opsdesk.common.text import mark
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.queries import queue_for
from opsdesk.inbox.services import Work, claim, escalate, give_back, move_due, raise_item, raise_many, resolve
from opsdesk.notifications.models import Notice
from tests.builders import NOW, a_shop, an_actor

pytestmark = pytest.mark.django_db
KIND = Kind(
    "tests.work", mark("Tests to do"), mark("Do the test"), Role.CUSTOMER_SERVICE, lambda subject: f"/tests/{subject}/", "G2"
)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.REGISTER, KIND.code, KIND)


def work(subject: str = "t_1", **changes: object) -> Work:
    return Work("tests.work", "test", subject, due_at=NOW + HOUR, **changes)  # type: ignore[arg-type]


def test_the_same_work_is_open_only_once_and_may_come_again() -> None:
    raise_many([work(), work()], now=NOW)
    raise_item(work(), now=NOW)
    assert WorkItem.objects.count() == 1

    assert resolve(kind="tests.work", subject_ids=["t_1"], outcome="done", actor=SYSTEM, now=NOW) == 1
    raise_item(work(), now=NOW)
    assert WorkItem.objects.filter(closed_at=None).count() == 1
    assert WorkItem.objects.count() == 2


def test_a_queue_holds_the_work_of_ones_roles_and_shops_by_due_time() -> None:
    here, there = a_shop("here"), a_shop("there")
    raise_many(
        [work("late"), work("there", shop_id=there.pk), work("here", shop_id=here.pk), work("wh", role="warehouse")], now=NOW
    )
    WorkItem.objects.filter(subject_id="here").update(due_at=NOW)

    agent = an_actor(Role.CUSTOMER_SERVICE, shops=[here])
    assert [item.subject_id for item in queue_for(agent)] == ["here", "late"]
    assert queue_for(an_actor(Role.DESIGNER)).count() == 0


def test_one_claims_and_the_other_is_told() -> None:
    raise_item(work(), now=NOW)
    item = WorkItem.objects.get()
    first, second = an_actor(Role.CUSTOMER_SERVICE), an_actor(Role.CUSTOMER_SERVICE)

    assert claim(item_id=item.public_id, actor=first, now=NOW).owner_id == first.id
    assert claim(item_id=item.public_id, actor=first, now=NOW).owner_id == first.id
    with pytest.raises(Conflict) as refusal:
        claim(item_id=item.public_id, actor=second, now=NOW)
    assert refusal.value.error_code == "already_claimed"
    with pytest.raises(Forbidden):
        give_back(item_id=item.public_id, actor=second)

    give_back(item_id=item.public_id, actor=first)
    assert claim(item_id=item.public_id, actor=second, now=NOW).owner_id == second.id


def test_another_desks_or_shops_work_cannot_be_claimed_nor_what_is_finished() -> None:
    here, there = a_shop("here"), a_shop("there")
    raise_item(work(shop_id=here.pk), now=NOW)
    item = WorkItem.objects.get()
    for stranger in (an_actor(Role.DESIGNER), an_actor(Role.CUSTOMER_SERVICE, shops=[there]), SYSTEM):
        with pytest.raises(Forbidden):
            claim(item_id=item.public_id, actor=stranger, now=NOW)

    resolve(kind="tests.work", subject_ids=["t_1"], outcome="done", actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict) as refusal:
        claim(item_id=item.public_id, actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    assert refusal.value.error_code == "already_closed"


def test_the_ladder_reminds_at_80_percent_tells_the_supervisor_when_due_and_the_manager_at_150() -> None:
    an_actor(Role.CUSTOMER_SERVICE, username="agent")
    an_actor(Role.OPERATIONS_SUPERVISOR, username="supervisor")
    an_actor(Role.OPERATIONS_MANAGER, username="manager")
    raise_item(work(), now=NOW)

    told = []
    for minutes in (47, 48, 59, 60, 89, 90, 600):
        escalate(now=NOW + timedelta(minutes=minutes))
        told.append(list(Notice.objects.order_by("id").values_list("user__username", flat=True)))
    assert told == [
        [],
        ["agent"],
        ["agent"],
        ["agent", "supervisor"],
        ["agent", "supervisor"],
        ["agent", "supervisor", "manager"],
        ["agent", "supervisor", "manager"],
    ]


def test_a_late_sweep_takes_every_missed_step_once() -> None:
    an_actor(Role.OPERATIONS_SUPERVISOR)
    raise_item(work(), now=NOW)
    assert escalate(now=NOW + 10 * HOUR) == 3
    assert escalate(now=NOW + 11 * HOUR) == 0


def test_another_due_time_arms_the_ladder_again() -> None:
    an_actor(Role.OPERATIONS_SUPERVISOR)
    raise_item(work(), now=NOW)
    assert escalate(now=NOW + HOUR) == 2
    move_due(kind="tests.work", subject_id="t_1", due_at=NOW + 4 * HOUR)
    assert escalate(now=NOW + 2 * HOUR) == 0
    assert escalate(now=NOW + 4 * HOUR) == 2
    assert Notice.objects.filter(kind="escalation.tests.work").count() == 2


def test_finished_work_is_not_escalated() -> None:
    raise_item(work(), now=NOW)
    resolve(kind="tests.work", subject_ids=["t_1"], outcome="done", actor=SYSTEM, now=NOW)
    assert escalate(now=NOW + 10 * HOUR) == 0
