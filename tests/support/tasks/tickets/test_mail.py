"""E-mail in and out, against a real IMAP peer."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from support.models import Message, RawMail, Ticket
from support.rules.tickets import mail as mail_rules
from support.rules.tickets.mail import Mail
from support.services.tickets import mail as service
from support.services.tickets.replying import reply
from tests.builders import NOW, a_shop, an_actor
from tests.kit.duties import run
from tests.kit.mail_servers import ImapServer, imap_server
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def box(db: None, settings: Any) -> Iterator[ImapServer]:
    a_shop()
    with imap_server() as server:
        settings.IMAP_URL = server.url
        yield server


def a_mail(number: int = 1, text: str = "Where is my parcel?", **headers: str) -> bytes:
    given = {
        "From": "王小明 <Ming@Example.com>",
        "To": "opsdesk@localhost",
        "Subject": "Parcel",
        "Message-ID": f"<m{number}@x>",
    }
    given |= {name.replace("_", "-"): content for name, content in headers.items()}
    head = "\n".join(f"{name}: {content}" for name, content in given.items())
    return f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def fetch(at: Any = NOW) -> None:
    run("support.poll_mail", at)


def states() -> list[tuple[str, str]]:
    return list(RawMail.objects.order_by("pk").values_list("state", "reason"))


@pytest.mark.sop("S1")
def test_a_mail_becomes_a_ticket_and_its_answer_is_threaded(box: ImapServer) -> None:
    box.put(a_mail())
    fetch()
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.subject, ticket.contact) == ("email", "Parcel", "ming@example.com")
    assert box.seen == {1}
    reply(ticket.pk, "On its way", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    run("support.send_replies", NOW)
    [sent] = mail.outbox
    ours = Message.objects.get(body="On its way")
    assert (sent.to, sent.subject) == (["ming@example.com"], f"Re: Parcel [{ticket.number}]")
    assert (sent.extra_headers["In-Reply-To"], sent.extra_headers["Message-ID"]) == ("<m1@x>", ours.external_id)
    assert ours.delivery == "sent"
    run("support.send_replies", NOW + timedelta(minutes=1))
    assert len(mail.outbox) == 1

    quoted = "Thanks\n\nOn Monday Shop wrote:\n> On its way"
    box.put(a_mail(2, quoted, References=ours.external_id, Subject="Re: something else"))
    fetch(NOW + timedelta(minutes=1))
    assert Ticket.objects.count() == 1
    last = Message.objects.latest("pk")
    assert (last.body, last.quoted) == ("Thanks", "On Monday Shop wrote:\n> On its way")


@pytest.mark.sop("S1", refused=True)
def test_machines_and_loops_open_nothing(box: ImapServer) -> None:
    box.put(a_mail(1, Auto_Submitted="auto-replied"))
    box.put(a_mail(2, From="opsdesk@localhost"))
    box.put(a_mail(3, Precedence="bulk"))
    box.put(a_mail(4, From="MAILER-DAEMON@x.com"))
    fetch()
    assert states() == [
        ("ignored", "automatic reply"),
        ("ignored", "our own mail"),
        ("ignored", "mass mail"),
        ("ignored", "a machine's mail"),
    ]
    assert not Ticket.objects.exists()


def test_the_same_mail_is_taken_once_and_a_broken_server_loses_none(box: ImapServer) -> None:
    box.put(a_mail())
    box.broken = True
    fetch()
    assert (states(), box.seen) == ([], set())
    box.broken = False
    fetch(NOW + timedelta(minutes=1))
    box.seen.clear()
    fetch(NOW + timedelta(minutes=2))
    assert (Ticket.objects.count(), Message.objects.count(), states()) == (1, 1, [("taken", "")])


def test_attachments_are_limited(box: ImapServer, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    message = mail.EmailMessage("Broken", "Look", "a@example.com", ["opsdesk@localhost"], headers={"Message-ID": "<a@x>"})
    message.attach("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")
    message.attach("a.exe", b"MZ\x90\x00\xff\xfe", "application/octet-stream")
    box.put(message.message().as_bytes())
    fetch()
    said, note = Message.objects.order_by("pk")
    assert [file.original_name for file in said.files.all()] == ["a.png"]
    assert (note.public, note.body) == (False, "Attachments not kept: a.exe")


def test_what_cannot_be_sent_is_tried_again_and_then_shown(box: ImapServer, settings: Any) -> None:
    box.put(a_mail())
    fetch()
    reply(Ticket.objects.get().pk, "Hello", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    at = NOW
    for _ in range(8):
        run("support.send_replies", at)
        at += timedelta(hours=3)
    ours = Message.objects.latest("pk")
    assert (ours.delivery, ours.failure) == ("failed", "ConnectionRefusedError")
    assert WorkItem.objects.get(kind="support.reply_failed", closed_at=None).subject_id == ours.ticket.public_id


def test_a_mail_that_came_back_is_a_failed_reply(box: ImapServer) -> None:
    box.put(a_mail())
    fetch()
    reply(Ticket.objects.get().pk, "Hello", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    run("support.send_replies", NOW)
    ours = Message.objects.latest("pk")
    box.put(
        "From: MAILER-DAEMON@x.com\nMessage-ID: <r@x>\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: text/plain\n\nNo such user\n'
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {ours.external_id}\n\n--b--\n".encode()
    )
    fetch(NOW + timedelta(minutes=1))
    ours.refresh_from_db()
    assert (ours.delivery, ours.failure) == ("failed", "No such user")
    assert WorkItem.objects.get(kind="support.reply_failed", closed_at=None).subject_id == ours.ticket.public_id


def test_a_mail_that_breaks_the_reader_does_not_hold_up_the_others(box: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    read = mail_rules.read_mail

    def stumbling(raw: bytes, *, own: str) -> Mail:
        if b"<m1@x>" in raw:
            raise TypeError("a stranger's bytes")
        return read(raw, own=own)

    monkeypatch.setattr(service, "read_mail", stumbling)
    box.put(a_mail(1))
    box.put(a_mail(2))
    fetch()
    assert states() == [("failed", "cannot be read"), ("taken", "")]
    assert Ticket.objects.count() == 1


def test_unknown_character_sets_are_read_as_far_as_they_go(box: ImapServer) -> None:
    raw = a_mail(1, "Where is 我的包裹?").replace(b"charset=utf-8", b"charset=x-nobody-knows")
    box.put(raw.replace(b"Subject: Parcel", b"Subject: \xff\xfe parcel"))
    fetch()
    assert states() == [("taken", "")]
    assert Message.objects.get().body == "Where is 我的包裹?"


def test_a_mail_is_piped_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    a_shop()

    def pipe(raw: bytes, shop: str = "tmall-01") -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        out = io.StringIO()
        call_command("receive_email", shop=shop, stdout=out)
        return out.getvalue().strip()

    assert pipe(a_mail()) == "taken"
    assert Ticket.objects.get().contact == "ming@example.com"
    before = row_counts()
    for raw, shop in ((b" ", "tmall-01"), (a_mail(2), "nowhere")):
        with pytest.raises(CommandError):
            pipe(raw, shop)
    assert row_counts() == before
