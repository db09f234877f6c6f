"""The mail servers: reading a mailbox by IMAP, sending by SMTP."""

import imaplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from opsdesk.files.queries import place_of

TIMEOUT = 15  # seconds
MOST = 50  # mails of one visit


class MailServerDown(Exception):
    """The server did not answer, or not as it should."""


@dataclass(frozen=True)
class Incoming:
    """A mail on the server. Of one that is too large there is the head alone."""

    uid: str
    raw: bytes
    too_large: bool


class Mailbox:
    """An open mailbox."""

    def __init__(self, server: imaplib.IMAP4, shop: str) -> None:
        self.server, self.shop = server, shop

    def unread(self, *, largest: int) -> Iterator[Incoming]:
        """The mails that nobody has read, oldest first. Raises: MailServerDown."""
        for uid in _text(self._ask("SEARCH", None, "UNSEEN")).split()[:MOST]:
            size = _number(self._ask("FETCH", uid, "(RFC822.SIZE)"))
            large = size > largest
            answer = self._ask("FETCH", uid, "(BODY.PEEK[HEADER])" if large else "(BODY.PEEK[])")
            yield Incoming(uid, next((part[1] for part in answer if isinstance(part, tuple)), b""), large)

    def read(self, uid: str) -> None:
        """Say that a mail was read. Raises: MailServerDown."""
        self._ask("STORE", uid, "+FLAGS", r"(\Seen)")

    def _ask(self, command: str, *arguments: str | None) -> Sequence[bytes | tuple[bytes, bytes]]:
        try:
            status, answer = self.server.uid(command, *arguments)  # type: ignore[arg-type]
        except (imaplib.IMAP4.error, OSError) as failure:
            raise MailServerDown(type(failure).__name__) from failure
        if status != "OK":
            raise MailServerDown(command)
        return answer


def is_set_up() -> bool:
    """True when there is a mailbox to read."""
    return bool(settings.IMAP_URL)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """The mailbox that OPSDESK_IMAP_URL names, open. Raises: MailServerDown."""
    url = urlsplit(settings.IMAP_URL)
    try:
        kind = imaplib.IMAP4_SSL if url.scheme == "imaps" else imaplib.IMAP4
        server = kind(url.hostname or "localhost", url.port or (993 if url.scheme == "imaps" else 143), timeout=TIMEOUT)
    except (imaplib.IMAP4.error, OSError) as failure:
        raise MailServerDown(type(failure).__name__) from failure
    try:
        server.login(unquote(url.username or ""), unquote(url.password or ""))
        server.select(url.path.lstrip("/") or "INBOX")
        yield Mailbox(server, parse_qs(url.query).get("shop", [""])[0])
    except (imaplib.IMAP4.error, OSError) as failure:
        raise MailServerDown(type(failure).__name__) from failure
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def send_reply(
    *, to: str, subject: str, body: str, message_id: str, references: Sequence[str], files: Sequence[tuple[str, str, str]]
) -> str:
    """Send a reply into its thread; answers why it was not sent, empty when it was."""
    headers = {"Message-ID": message_id, "X-Loop": "opsdesk"}
    if references:
        headers |= {"In-Reply-To": references[-1], "References": " ".join(references)}
    mail = EmailMessage(" ".join(subject.split()), body, None, [to], headers=headers)
    try:
        for name, path, media_type in files:
            mail.attach(name, place_of(path).read_bytes(), media_type)
        mail.send()
    except Exception as failure:  # whatever the server or the network makes of it, the reply waits
        return type(failure).__name__
    return ""


def _text(answer: Sequence[bytes | tuple[bytes, bytes]]) -> str:
    """The first line of an answer."""
    first = answer[0] if answer else b""
    return (first[0] if isinstance(first, tuple) else first or b"").decode("ascii", "replace")


def _number(answer: Sequence[bytes | tuple[bytes, bytes]]) -> int:
    digits = "".join(char for char in _text(answer).rpartition("RFC822.SIZE")[2] if char.isdecimal())
    return int(digits or 0)
