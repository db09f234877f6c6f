"""A state machine as a table: doors ask it which buttons to show, services ask it for leave."""

from collections.abc import Iterable
from dataclasses import dataclass

from opsdesk.common.actors import Actor
from opsdesk.common.errors import IllegalTransition


@dataclass(frozen=True)
class Transition:
    """One step: its name, the states it leaves from, the state it leads to, who may take it and why it exists.

    A step whose target is None keeps the state.
    """

    name: str
    sources: frozenset[str]
    target: str | None
    permission: str
    sop: str

    def __init__(self, name: str, sources: Iterable[str], target: str | None, *, permission: str, sop: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "sources", frozenset(sources))
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "permission", permission)
        object.__setattr__(self, "sop", sop)


class Lifecycle:
    """All steps of one kind of object."""

    def __init__(self, *transitions: Transition) -> None:
        self.transitions = {transition.name: transition for transition in transitions}

    def enter(self, name: str, state: str, actor: Actor) -> Transition:
        """The step, if it leaves from this state and the actor may take it.

        Raises: IllegalTransition, Forbidden.
        """
        transition = self.transitions[name]
        actor.require(transition.permission)
        if state not in transition.sources:
            raise IllegalTransition(action=name, state=state, extra={"from": state, "to": transition.target, "action": name})
        return transition

    def available(self, state: str, actor: Actor) -> list[str]:
        """The names of the steps that the actor may take from this state, in the table's order."""
        return [
            transition.name
            for transition in self.transitions.values()
            if state in transition.sources and actor.can(transition.permission)
        ]
