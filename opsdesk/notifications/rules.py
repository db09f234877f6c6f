"""Notices to customers: their states, what a text message gateway's answer means, how addresses are shown. Pure."""

from dataclasses import dataclass

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.notifications.enums import NoticeState as S

KIND = "notice"  # what audit entries call it
RESEND = "notifications.resend_notice"
_TRY_LATER = {408, 425, 429}
_SHOWN_START, _SHOWN_END = 3, 4

NOTICE_LIFECYCLE = Lifecycle(Transition("resend", {S.SENT, S.GIVEN_UP}, None, permission=RESEND, sop="O13"))


@dataclass(frozen=True)
class Sent:
    """What came of one attempt: no error when it was taken; a final one is not tried again."""

    error: str = ""
    is_final: bool = False


def read_status(status: int) -> Sent:
    """2xx takes the message, 4xx refuses it for good, anything else says nothing about it. SOP: O13"""
    if 200 <= status < 300:
        return Sent()
    return Sent(f"HTTP {status}", is_final=400 <= status < 500 and status not in _TRY_LATER)


def masked(address: str) -> str:
    """An e-mail address or a phone number by which nobody can be reached.

    >>> masked("+8613812345678"), masked("anna@example.com")
    ('+86*******5678', 'a***@example.com')
    """
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    hidden = len(address) - _SHOWN_START - _SHOWN_END
    return f"{address[:_SHOWN_START]}{'*' * hidden}{address[-_SHOWN_END:]}" if hidden > 0 else "*" * len(address)
