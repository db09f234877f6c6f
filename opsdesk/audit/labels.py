"""What the actions of the trail are called, and what it says of its subjects: message ids, registered by the wiring."""

from collections.abc import Mapping

REGISTER: dict[str, str] = {}
FACTS: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Make labels of actions known."""
    REGISTER.update(labels)


def label(action: str) -> str:
    """The message id of an action; the action itself where nobody has named it."""
    return REGISTER.get(action, action)


def register_facts(facts: Mapping[str, str]) -> None:
    """Make the names known of what entries say that is no column of their subject."""
    FACTS.update(facts)


def fact(name: str) -> str:
    """The message id of what an entry says; its name in words where nobody has named it."""
    return FACTS.get(name, name.replace("_", " "))
