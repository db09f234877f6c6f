"""What agents do not say, and how what they said is scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from support.enums.knowledge import PresenceState, ToneState

_SHARES = 10_000  # how finely a share in percent is drawn
_PERCENT = _SHARES // 100


@dataclass(frozen=True)
class Rule:
    """A phrase that is not said, and what is said instead."""

    phrase: str
    instead: str


def said(body: str, rules: Iterable[Rule]) -> list[Rule]:
    """The phrases that the text has, whatever the case of its letters and the blanks between its characters. SOP: S19"""
    text = "".join(body.casefold().split())
    return [rule for rule in rules if "".join(rule.phrase.casefold().split()) in text]


def state_after(points: Iterable[int], good: int) -> ToneState:
    """A conversation is talked over with its agent when one of its points is below what is good. SOP: S19"""
    return ToneState.COACHING if min(points) < good else ToneState.DONE


def is_drawn(key: str, share: int) -> bool:
    """Whether a conversation is one of the share (percent) that is scored; the same one always gives the same answer."""
    return int.from_bytes(sha256(key.encode()).digest()[:4]) % _SHARES < share * _PERCENT


def presence(state: str, seen_at: datetime, now: datetime, away_after: timedelta) -> PresenceState:
    """Who has given no sign of life for so long is not there, whatever they said last. SOP: S19"""
    return PresenceState.OFFLINE if now - seen_at >= away_after else PresenceState(state)
