"""Blocks of the home page: what a desk wants to see at once. Filled by the apps' wiring, shown to who may see it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor


@dataclass(frozen=True)
class Block:
    """A template and what it shows; for the desks that are named, if they hold the permission."""

    code: str
    template: str
    permission: str
    roles: frozenset[Role]
    context: Callable[[Actor, datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class Shown:
    """A block of one person's page."""

    template: str
    context: Mapping[str, Any]


REGISTER: dict[str, Block] = {}


def register(blocks: Iterable[Block]) -> None:
    """Make blocks known; called by the apps' wiring."""
    REGISTER.update({block.code: block for block in blocks})


def shown_to(actor: Actor, now: datetime) -> list[Shown]:
    """The blocks of the actor's home page."""
    return [
        Shown(block.template, block.context(actor, now))
        for block in REGISTER.values()
        if actor.can(block.permission) and block.roles & actor.roles
    ]
