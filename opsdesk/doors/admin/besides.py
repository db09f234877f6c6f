"""What apps above show on the pages of apps below: a block by the kind of subject, registered by the app that knows it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opsdesk.common.actors import Actor


@dataclass(frozen=True)
class Beside:
    """A block on the page of a subject, for holders of a permission. `context` is asked with the subject's public id."""

    title: Any
    template: str
    permission: str
    context: Callable[[str, Actor, datetime], Mapping[str, Any]]


REGISTER: dict[str, list[Beside]] = defaultdict(list)


def register(kind: str, beside: Beside) -> None:
    """Show a block on the pages of a kind of subject; called by the apps' wiring."""
    if beside not in REGISTER[kind]:
        REGISTER[kind].append(beside)


def shown(kind: str, subject_id: str, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The blocks that the actor may see, with what they show."""
    return [
        {"title": one.title, "template": one.template, **one.context(subject_id, actor, now)}
        for one in REGISTER.get(kind, [])
        if actor.can(one.permission)
    ]
