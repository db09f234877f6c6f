"""A duty that is not done becomes work for the technical desk, until it is done."""

import pytest
from django.urls import reverse

from opsdesk.duties import definitions
from opsdesk.duties.definitions import Duty
from opsdesk.duties.models import DutyState
from opsdesk.duties.services import run_slot
from opsdesk.duties.watchdog import watch
from opsdesk.inbox.models import WorkItem
from tests.builders.times import at

pytestmark = pytest.mark.django_db


def test_a_gap_is_raised_once_and_closed_when_the_duty_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    duty = Duty("tests.scan", "0 9 * * *", "O14", lambda slot, now: 1, "Scan")
    register = {duty.name: duty}
    monkeypatch.setattr(definitions, "REGISTER", register)
    monkeypatch.setattr("opsdesk.duties.queries.REGISTER", register)
    monkeypatch.setattr("opsdesk.duties.watchdog.REGISTER", register)
    DutyState.objects.create(name=duty.name, since=at(8))

    assert [watch(now=at(9, 4)), watch(now=at(9, 5)), watch(now=at(9, 10))] == [0, 1, 1]
    item = WorkItem.objects.get()
    assert (item.kind, item.role, item.params) == ("duties.gap", "technical", {"duty": "tests.scan"})
    assert reverse("admin:duties_dutyrun_changelist")

    run_slot(duty=duty, slot=at(9), now=at(9, 11))
    assert watch(now=at(9, 15)) == 0
    item.refresh_from_db()
    assert item.closed_at == at(9, 15)
