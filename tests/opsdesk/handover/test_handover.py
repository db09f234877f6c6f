"""A shift is handed over in writing: by one, to another of the same desk, and the claimed work goes along."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Forbidden, IllegalTransition
from opsdesk.common.text import mark
from opsdesk.handover.models import HandoverLine, HandoverNote
from opsdesk.handover.services import SENT_BACK, WAITING, accept_shift, give_shift, send_back
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work, claim, raise_many, resolve
from tests.builders import NOW, a_shop, a_user, an_actor
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
KIND = Kind(
    "tests.work", mark("Tests to do"), mark("Do the test"), Role.CUSTOMER_SERVICE, lambda subject: f"/tests/{subject}/", "G2"
)
HOUR = timedelta(hours=1)
DESK = Role.CUSTOMER_SERVICE


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.REGISTER, KIND.code, KIND)


def work(subject: str, hours: int = 1, **changes: object) -> Work:
    return Work("tests.work", "test", subject, due_at=NOW + hours * HOUR, **changes)  # type: ignore[arg-type]


def item(subject: str) -> WorkItem:
    return WorkItem.objects.get(subject_id=subject)


def given(actor: Actor, **changes: object) -> HandoverNote:
    return give_shift(**{"desk": DESK, "remark": "Quiet day", "remarks": {}, "actor": actor, "now": NOW} | changes)  # type: ignore[arg-type]


def test_a_note_names_what_is_claimed_and_what_falls_due_and_nothing_of_others() -> None:
    giver, colleague = an_actor(DESK), an_actor(DESK)
    raise_many(
        [work("soon"), work("edge", 8), work("beyond", 9), work("mine", 48), work("theirs"), work("box", role="warehouse")],
        now=NOW,
    )
    claim(item_id=item("mine").public_id, actor=giver, now=NOW)
    claim(item_id=item("theirs").public_id, actor=colleague, now=NOW)

    note = given(giver, remarks={item("soon").public_id: "calls back at noon", "wki_unknown": "dropped"})

    lines = note.lines.values_list("item__subject_id", "claimed", "remark", "due_at")
    assert list(lines) == [
        ("soon", False, "calls back at noon", NOW + HOUR),
        ("edge", False, "", NOW + 8 * HOUR),
        ("mine", True, "", NOW + 48 * HOUR),
    ]
    assert (note.state, note.more, note.accept_by) == ("given", 0, NOW + timedelta(minutes=30))
    waiting = WorkItem.objects.get(kind=WAITING.code)
    assert (waiting.role, waiting.due_at, waiting.subject_id) == (DESK, note.accept_by, note.public_id)
    assert AuditEntry.objects.get(action="handover.given").after == {"desk": DESK}


def test_what_does_not_fit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opsdesk.handover.services.NAMED", 2)
    raise_many([work(f"t{number}") for number in range(5)], now=NOW)
    note = given(an_actor(DESK))
    assert (note.lines.count(), note.more) == (2, 3)


def test_taking_over_passes_on_what_is_claimed_and_still_open() -> None:
    giver, receiver = an_actor(DESK), an_actor(DESK)
    raise_many([work("open"), work("done"), work("free")], now=NOW)
    for subject in ("open", "done"):
        claim(item_id=item(subject).public_id, actor=giver, now=NOW)
    note = given(giver)
    resolve(kind="tests.work", subject_ids=["done"], outcome="done", actor=giver, now=NOW)

    accept_shift(note_id=note.pk, actor=receiver, now=NOW + HOUR)

    note.refresh_from_db()
    assert (note.state, note.answered_by_id, note.answered_at) == ("accepted", receiver.id, NOW + HOUR)
    owners = {one.subject_id: one.owner_id for one in WorkItem.objects.filter(kind="tests.work")}
    assert owners == {"open": receiver.id, "done": giver.id, "free": None}
    assert WorkItem.objects.get(kind=WAITING.code).outcome == "accepted"
    with pytest.raises(IllegalTransition), transaction.atomic():
        accept_shift(note_id=note.pk, actor=receiver, now=NOW + HOUR)


def test_a_note_sent_back_is_the_givers_work_until_it_is_written_again() -> None:
    giver, receiver = an_actor(DESK), an_actor(DESK)
    note = given(giver)
    send_back(note_id=note.pk, reason="Which parcel?", actor=receiver, now=NOW)

    back = WorkItem.objects.get(kind=SENT_BACK.code)
    assert (back.owner_id, back.params) == (giver.id, {"name": receiver.label, "answer": "Which parcel?"})
    assert WorkItem.objects.get(kind=WAITING.code).outcome == "sent_back"
    given(giver)
    back.refresh_from_db()
    assert back.outcome == "written_again"


def test_nobody_takes_over_from_themselves_and_nobody_hands_over_twice() -> None:
    giver = an_actor(DESK)
    note = given(giver)
    with pytest.raises(Conflict) as own, transaction.atomic():
        accept_shift(note_id=note.pk, actor=giver, now=NOW)
    with pytest.raises(Conflict) as twice, transaction.atomic():
        given(giver)
    assert (own.value.error_code, twice.value.error_code) == ("own_handover", "handover_waiting")
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverNote.objects.filter(pk=note.pk).update(answered_by=giver.id)
    note.refresh_from_db()
    assert note.state == "given"


def test_only_the_desk_itself_and_only_with_its_shops() -> None:
    here, there = a_shop("here"), a_shop("there")
    raise_many([work("here", shop_id=here.pk), work("there", shop_id=there.pk)], now=NOW)
    note = given(an_actor(DESK))
    for stranger in (an_actor(Role.DESIGNER), an_actor(DESK, shops=[here]), SYSTEM):
        with pytest.raises(Forbidden), transaction.atomic():
            accept_shift(note_id=note.pk, actor=stranger, now=NOW)
    for stranger in (an_actor(Role.WAREHOUSE), an_actor(Role.AUDITOR), SYSTEM):
        with pytest.raises(Forbidden), transaction.atomic():
            given(stranger)
    assert HandoverNote.objects.count() == 1
    narrow = given(an_actor(DESK, shops=[here]))
    assert list(narrow.lines.values_list("item__subject_id", flat=True)) == ["here"]


def test_a_shift_is_handed_over_and_taken_over_in_the_browser() -> None:
    giver, receiver = a_user(DESK), a_user(DESK)
    now = clock.now()
    raise_many([Work("tests.work", "test", "t1", due_at=now + HOUR)], now=now)
    claim(item_id=item("t1").public_id, actor=staff_actor(giver), now=now)
    client = signed_in(giver)

    shown = text_of(client.get(reverse("admin:handover_new")))
    assert "Do the test" in shown
    assert 'href="/tests/t1/"' in shown
    form = {"remark": "All calm", f"remark-{item('t1').public_id}": "wants a call"}
    answer = client.post(reverse("admin:handover_new"), form, follow=True)
    assert "wants a call" in text_of(answer)
    note = HandoverNote.objects.get()
    listed = text_of(signed_in(receiver).get(reverse("admin:handover_handovernote_changelist")))
    assert "Waiting for the next shift" in listed

    address = reverse("admin:handover_handovernote_command", args=[note.pk, "accept"])
    assert "Take over" in text_of(signed_in(receiver).get(address))
    assert signed_in(receiver).post(address).status_code == 302
    assert item("t1").owner == receiver
    assert HandoverLine.objects.get().remark == "wants a call"


def test_the_browser_refuses_with_a_reason_and_writes_nothing() -> None:
    user = a_user(DESK)
    note = given(staff_actor(user))
    colleague = signed_in(a_user(DESK))
    before = row_counts()
    again = signed_in(user).post(reverse("admin:handover_new"), {"remark": "again"})
    own = signed_in(user).post(reverse("admin:handover_handovernote_command", args=[note.pk, "accept"]))
    bare = colleague.post(reverse("admin:handover_handovernote_command", args=[note.pk, "send_back"]))
    assert [again.status_code, own.status_code, bare.status_code] == [422, 422, 422]
    assert "not answered yet" in text_of(again)
    assert "Somebody else takes over" in text_of(own)
    assert row_counts() == before

    assert signed_in(a_user(Role.AUDITOR)).get(reverse("admin:handover_new")).status_code == 403
    page = f"/handovernote/{note.pk}/change/"
    for role, seen in ((Role.WAREHOUSE, False), (Role.OPERATIONS_SUPERVISOR, True)):
        reader = signed_in(a_user(role))
        assert (page in text_of(reader.get(reverse("admin:handover_handovernote_changelist")))) is seen
        assert (reader.get(reverse("admin:handover_handovernote_change", args=[note.pk])).status_code == 200) is seen
