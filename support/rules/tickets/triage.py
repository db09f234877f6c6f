"""What a new ticket is about and whose it is: the first rule that fits, and the agent with the least to do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from support.enums.tickets import Stage

_ENDS = re.compile(r"[\n,，、;；]+")
_GONE = frozenset({"shipped", "completed", "cancelled"})


@dataclass(frozen=True)
class Facts:
    """What is known of a ticket when it comes in; `order_state` is empty without an order."""

    channel: str
    text: str
    order_state: str = ""


@dataclass(frozen=True)
class Rule:
    """Conditions, of which an empty one fits everything, and results, of which an empty one leaves what is known."""

    channel: str = ""
    words: tuple[str, ...] = ()
    order_state: str = ""
    stage: str = ""
    type: str = ""
    priority: str = ""
    team_id: int | None = None

    def fits(self, facts: Facts) -> bool:
        """True when every condition holds; one of the words suffices, in capitals or not."""
        text = facts.text.casefold()
        return (
            self.channel in ("", facts.channel)
            and self.order_state in ("", facts.order_state)
            and (not self.words or any(word in text for word in self.words))
        )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a rule as supervisors write them: by lines or commas. SOP: S5"""
    return tuple(word.strip().casefold() for word in _ENDS.split(text) if word.strip())


def first_fit(rules: Iterable[Rule], facts: Facts) -> Rule:
    """The first rule that fits; one without results when none does. SOP: S5"""
    return next((rule for rule in rules if rule.fits(facts)), Rule())


def stage_of(order_state: str) -> Stage:
    """The stage when nobody said it: before the sale without an order, after it once the goods have left. SOP: S5"""
    if not order_state:
        return Stage.PRE_SALE
    return Stage.AFTER_SALE if order_state in _GONE else Stage.IN_SALE


def least_busy(agents: Sequence[int], busy: Mapping[int, int], *, most: int) -> int | None:
    """The agent with the fewest open tickets, of equals the first; None when everybody has as many as they may. SOP: S5"""
    free = [agent for agent in agents if busy.get(agent, 0) < most]
    return min(free, key=lambda agent: busy.get(agent, 0), default=None)
