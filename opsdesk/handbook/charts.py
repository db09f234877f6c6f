"""The lifecycles that the handbook draws, by name, and their steps as rows: from, action, who, to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.roles import Role
from opsdesk.common.lifecycle import Lifecycle, Transition


@dataclass(frozen=True)
class Chart:
    """A lifecycle with what its steps are called where no button of the back-office says it."""

    lifecycle: Lifecycle
    labels: Mapping[str, Any] = field(default_factory=dict)
    system: frozenset[str] = frozenset()
    outcomes: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """A state and what it is called in the active language."""

    value: str
    label: str


@dataclass(frozen=True)
class Step:
    """One arrow: a step from one state. `target` is the source itself where the step keeps the state."""

    action: str
    label: str
    source: State
    target: State
    roles: tuple[str, ...]

    @property
    def stays(self) -> bool:
        return self.source == self.target


REGISTER: dict[str, Chart] = {}


def register(
    name: str,
    lifecycle: Lifecycle,
    *,
    labels: Mapping[str, Any] | None = None,
    system: Iterable[str] = (),
    outcomes: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Make a lifecycle known under the name that handbook pages give; called by the apps' wiring.

    States are labelled by their TextChoices. `labels` names steps that have no button, by the step's name; they are
    message ids (`mark`) or lazy translations. `system` names the steps that no person takes.
    `outcomes` gives the states to which a step without a fixed target may lead.
    """
    REGISTER[name] = Chart(lifecycle, labels or {}, frozenset(system), outcomes or {})


def states_of(chart: Chart) -> list[State]:
    """Every state of the table once, in the order of its vocabulary."""
    found = {state for outcome in chart.outcomes.values() for state in outcome}
    for transition in chart.lifecycle.transitions.values():
        found |= transition.sources | ({transition.target} if transition.target is not None else set())
    return [State(str(state), str(getattr(state, "label", state))) for state in _sorted(found)]


def steps_of(chart: Chart, buttons: Mapping[str, Any]) -> list[Step]:
    """Every step from every state it leaves from, in the table's order. `buttons` are the screen's labels by step."""
    states = {state.value: state for state in states_of(chart)}
    return [
        Step(
            transition.name,
            _said(buttons.get(transition.name) or chart.labels.get(transition.name) or _spelled(transition)),
            states[str(source)],
            states[str(target)],
            (gettext("the system"),) if transition.name in chart.system else roles_with(transition.permission),
        )
        for transition in chart.lifecycle.transitions.values()
        for source in _sorted(transition.sources)
        for target in chart.outcomes.get(transition.name) or (source if transition.target is None else transition.target,)
    ]


def roles_with(permission: str) -> tuple[str, ...]:
    """The labels of the roles that hold a permission."""
    return tuple(str(role.label) for role in Role if permission in permissions_of(role))


def _said(label: Any) -> str:
    """In the active language, be it a message id or a lazy translation."""
    return gettext(label) if isinstance(label, str) else str(label)


def _spelled(transition: Transition) -> str:
    return transition.name.replace("_", " ").capitalize()


def _sorted(states: Iterable[str]) -> list[str]:
    """In the order of their enumeration; plain strings by the alphabet."""
    return sorted(states, key=lambda state: (list(type(state)).index(state) if isinstance(state, Choices) else 0, str(state)))
