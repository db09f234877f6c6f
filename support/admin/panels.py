"""What other areas show beside a ticket on the workbench."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from opsdesk.common.actors import Actor
from support.models import Ticket


@dataclass(frozen=True)
class Panel:
    """A block on the right of the workbench, for holders of a permission; `template` gets what `context` returns.
    Where that is None there is nothing to show."""

    title: Any
    template: str
    permission: str
    context: Callable[[Ticket, Actor, datetime], Mapping[str, Any] | None]


REGISTER: list[Panel] = []


def register(panel: Panel) -> None:
    """Show a panel; called by the areas' wiring."""
    if panel not in REGISTER:
        REGISTER.append(panel)


def shown(ticket: Ticket, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The panels that the actor may see, as they stand on the page."""
    return [
        {"title": panel.title, "html": render_to_string(panel.template, dict(facts))}
        for panel in REGISTER
        if actor.can(panel.permission) and (facts := panel.context(ticket, actor, now)) is not None
    ]
