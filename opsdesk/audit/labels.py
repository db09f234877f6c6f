"""What the actions of the trail are called: message ids by action, registered by the apps' wiring."""

from collections.abc import Mapping

REGISTER: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Make labels known."""
    REGISTER.update(labels)


def label(action: str) -> str:
    """The message id of an action; the action itself where nobody has named it."""
    return REGISTER.get(action, action)
