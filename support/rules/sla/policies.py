"""Which policy a ticket falls under, and which clocks it starts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from support.enums.sla import ClockKind
from support.enums.tickets import Channel, Stage
from support.rules.sla.calculator import Reckoning
from support.rules.sla.hours import AROUND_THE_CLOCK, Days, Hours

LIVE_CHANNELS = frozenset({Channel.CHAT, Channel.PHONE})
RESPONSES = (ClockKind.FIRST_RESPONSE_LIVE, ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)
PAUSED_BY_WAITING = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.SOLUTION)
FACTS = ("channel", "stage", "type", "priority", "shop")


@dataclass(frozen=True)
class Policy:
    """A policy as the calculator needs it; `id` is None for the standard of the SOP's own numbers.

    `match` names for each fact the values that it takes; a fact that it does not name takes all.
    `always` are the clocks that run around the clock, whatever the frames say.
    """

    id: int | None
    label: str
    match: Mapping[str, Sequence[str]]
    targets: Mapping[str, Mapping[str, int]]
    hours: Hours = AROUND_THE_CLOCK
    always: frozenset[str] = field(default_factory=frozenset)

    def takes(self, facts: Mapping[str, str]) -> bool:
        """True when every fact that the policy names has one of its values."""
        return all(facts[name] in values for name, values in self.match.items() if values)

    def reckoning(self, kind: str, days: Days) -> Reckoning:
        """What a clock of this kind counts by."""
        return Reckoning(self.targets[kind], AROUND_THE_CLOCK if kind in self.always else self.hours, days)


def chosen(policies: Iterable[Policy], facts: Mapping[str, str]) -> Policy:
    """The first policy that takes the ticket; the standard, which is the last, takes every one."""
    return next(policy for policy in policies if policy.takes(facts))


def completed(policy: Policy, standard: Policy) -> Policy:
    """The policy with the standard's targets for the clocks that it does not name; those run around the clock.

    SOP: S3
    """
    others = frozenset(standard.targets.keys() - policy.targets.keys())
    return replace(policy, targets={**standard.targets, **policy.targets}, always=policy.always | others)


def at_opening(policy: Policy, facts: Mapping[str, str]) -> list[ClockKind]:
    """The clocks that a new ticket starts.

    The live clock is of conversations; elsewhere the acknowledgement measures the same. The solution clock is of
    tickets after the sale.
    SOP: S3, S4a, S8
    """
    wanted = [ClockKind.ACK, ClockKind.FIRST_RESPONSE]
    if facts["channel"] in LIVE_CHANNELS:
        wanted.append(ClockKind.FIRST_RESPONSE_LIVE)
    if facts["stage"] == Stage.AFTER_SALE:
        wanted.append(ClockKind.SOLUTION)
    return [kind for kind in wanted if kind in policy.targets]


def at_hand_over(policy: Policy, facts: Mapping[str, str]) -> list[ClockKind]:
    """The clocks of the person who takes over from the bot: who has just talked with it waits in front of the screen.

    SOP: S3, S18
    """
    wanted = [ClockKind.FIRST_RESPONSE]
    if facts["channel"] in LIVE_CHANNELS | {Channel.BOT}:
        wanted.append(ClockKind.FIRST_RESPONSE_LIVE)
    return [kind for kind in wanted if kind in policy.targets]


def at_reopening(policy: Policy, facts: Mapping[str, str], *, customer_waits: bool) -> list[ClockKind]:
    """The clocks of the next episode. SOP: S10"""
    wanted = [ClockKind.NEXT_RESPONSE] if customer_waits else []
    if facts["stage"] == Stage.AFTER_SALE:
        wanted.append(ClockKind.SOLUTION)
    return [kind for kind in wanted if kind in policy.targets]
