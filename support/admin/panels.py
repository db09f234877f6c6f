"""What other areas show beside a ticket: each registers its panel, and the ticket's pages show those that one may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from opsdesk.common.actors import Actor
from support.models import Ticket


@dataclass(frozen=True)
class Panel:
    """A titled part of the ticket's page: its template, who may see it, and what it shows."""

    title: Any
    template: str
    permission: str
    context: Callable[[Ticket, Actor, datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class Shown:
    """A panel of one ticket, as it stands on the page."""

    title: Any
    html: str


PANELS: list[Panel] = []


def register(panel: Panel) -> None:
    """Show a panel on the page of every ticket; called by the areas' wiring."""
    if panel not in PANELS:
        PANELS.append(panel)


def shown(ticket: Ticket, actor: Actor, now: datetime, request: HttpRequest) -> list[Shown]:
    """The panels of a ticket that the actor may see."""
    return [
        Shown(panel.title, render_to_string(panel.template, dict(panel.context(ticket, actor, now)), request))
        for panel in PANELS
        if actor.can(panel.permission)
    ]
