"""What a new ticket is about, and who gets it. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rule:
    """A supervisor's rule: conditions, of which an empty one fits everything, and results, of which an empty one says nothing.

    SOP: S5
    """

    channel: str = ""
    words: str = ""
    order_state: str = ""
    stage: str = ""
    type: str = ""
    priority: str = ""
    team: int | None = None

    def fits(self, *, channel: str, text: str, order_state: str) -> bool:
        """True when every condition fits; of the words one suffices, capitals do not matter."""
        wanted, said = words_of(self.words), text.casefold()
        return (
            self.channel in ("", channel)
            and self.order_state in ("", order_state)
            and (not wanted or any(word.casefold() in said for word in wanted))
        )


@dataclass(frozen=True)
class Agent:
    """A member of a team: how many open tickets they have, and when they got the last one."""

    id: int
    open: int
    last: datetime | None


def words_of(text: str) -> list[str]:
    """The words of a rule, which are separated by lines or commas of any script."""
    return [word.strip() for word in re.split(r"[\n,，、;；]", text) if word.strip()]


def first_fitting(rules: Iterable[Rule], *, channel: str, text: str, order_state: str) -> Rule | None:
    """The first rule that fits. SOP: S5"""
    return next((rule for rule in rules if rule.fits(channel=channel, text=text, order_state=order_state)), None)


def choose(agents: Collection[Agent]) -> int | None:
    """Who gets a ticket: the one with the least open tickets; of equals the one who has waited longest for one.

    SOP: S5
    """
    best = min(
        agents, key=lambda one: (one.open, one.last is not None, one.last.timestamp() if one.last else 0, one.id), default=None
    )
    return best.id if best else None
