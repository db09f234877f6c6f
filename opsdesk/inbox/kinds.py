"""The register of kinds of work: what the item says, whose it is, who is told when it is late, where it is finished."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from opsdesk.accounts.roles import Role


@dataclass(frozen=True)
class Kind:
    """One kind of work: `label` names the pile, `title` one item (both message ids); `url` is where it is finished."""

    code: str
    label: str
    title: str
    role: Role
    url: Callable[[str], str]
    sop: str
    supervisor: Role = Role.OPERATIONS_SUPERVISOR


REGISTER: dict[str, Kind] = {}


def register(kinds: Iterable[Kind]) -> None:
    """Make kinds known; called by the apps' wiring."""
    for kind in kinds:
        REGISTER[kind.code] = kind
