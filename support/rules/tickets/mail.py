"""Reading a mail: who wrote what, what they quote, what it answers, and whether a machine wrote it. Pure."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser

LONGEST_TEXT = 20_000
_NUMBER = re.compile(r"\[(T\d{14,20})\]")
_IDS = re.compile(r"<[^<>\s]{1,240}>")
_QUOTE = re.compile(
    r"^(>|-{2,}\s*(original message|forwarded message|原始邮件|原始郵件)|on .{1,200} wrote:\s*$|"
    r"在.{1,200}写道[：:]|在.{1,200}寫道[：:]|(from|发件人|寄件者)\s*[:：])",
    re.IGNORECASE,
)
_MACHINES = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@")


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """What a mail says. `automatic` is why no person wrote it, empty for a person's mail; `returned` says that it tells of
    a mail that did not arrive."""

    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    quoted: str
    references: Sequence[str]
    ticket_number: str
    automatic: str
    returned: bool
    attachments: Sequence[Attachment]


def id_of(raw: bytes) -> str:
    """The mail's own id; one without it is known by its content."""
    header = raw.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    found = re.search(rb"^message-id:\s*(<[^<>\s]{1,240}>)", header, re.IGNORECASE | re.MULTILINE)
    return found[1].decode("ascii", "replace") if found else f"<{hashlib.sha256(raw).hexdigest()}@content>"


def read_mail(raw: bytes, *, own: str) -> Mail:
    """What the mail says; `own` is the address that we write from.

    Raises: ValueError, LookupError (it cannot be read).
    """
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    name, sender = parseaddr(_header(message, "from"))
    text, quoted = split_quoted(_text(message))
    subject = " ".join(_header(message, "subject").split())
    number = _NUMBER.search(subject)
    references = _IDS.findall(f"{_header(message, 'references')} {_header(message, 'in-reply-to')}")
    returned = message.get_content_type() == "multipart/report"
    if returned:
        references += [found.decode("ascii", "replace") for found in re.findall(rb"(?im)^message-id:\s*(<[^<>\s]+>)", raw)]
    return Mail(
        message_id=id_of(raw),
        sender=sender.lower()[:200],
        sender_name=name[:100],
        subject=subject[:200],
        text=text[:LONGEST_TEXT],
        quoted=quoted[:LONGEST_TEXT],
        references=references,
        ticket_number=number[1] if number else "",
        automatic=_automatic(message, sender.lower(), own.lower()),
        returned=returned,
        attachments=[
            Attachment(part.get_filename() or "attachment", part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
            for part in message.iter_attachments()
        ],
    )


def split_quoted(text: str) -> tuple[str, str]:
    """What the writer says, and what follows of the mail that they answer."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if _QUOTE.match(line.strip()):
            return "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()
    return text.strip(), ""


def _automatic(message: EmailMessage, sender: str, own: str) -> str:
    """Why no person wrote it."""
    if not sender or "@" not in sender:
        return "no sender"
    if sender == parseaddr(own)[1] or _header(message, "x-loop") == "opsdesk":
        return "our own mail"
    if _header(message, "auto-submitted").lower() not in ("", "no"):
        return "automatic reply"
    if _header(message, "precedence").lower() in ("bulk", "junk", "list", "auto_reply") or _header(message, "list-id"):
        return "mass mail"
    if _header(message, "return-path").strip() == "<>" or sender.startswith(_MACHINES):
        return "a machine's mail"
    return ""


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "") or "").replace("\x00", "").encode("utf-8", "replace").decode()


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = _content(part)
    if part.get_content_type() == "text/html":
        reader = _Reader()
        reader.feed(content)
        content = "".join(reader.parts)
    return content.replace("\x00", "").replace("\r\n", "\n")


def _content(part: MIMEPart) -> str:
    """The text of a part; what its character set does not know, or one that nobody knows, is read as far as it goes."""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError):
        raw = part.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return content.encode("utf-8", "replace").decode()


class _Reader(HTMLParser):
    """The text of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self.hidden <= 0:
            self.parts.append(data)
