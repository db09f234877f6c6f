"""Who may have a file: one rule a purpose, registered by the app that keeps files for it. Without a rule nobody may."""

from collections.abc import Callable

from opsdesk.common.actors import Actor
from opsdesk.files.models import StoredFile

Rule = Callable[[Actor, StoredFile], bool]
REGISTER: dict[str, Rule] = {}


def register(purpose: str, permission: str | Rule) -> None:
    """Let holders of a permission have the files of a purpose; a rule where a permission does not say enough."""
    REGISTER[purpose] = (lambda actor, file: actor.can(permission)) if isinstance(permission, str) else permission


def may_have(actor: Actor, file: StoredFile) -> bool:
    """True when the file may be handed to the actor."""
    rule = REGISTER.get(file.purpose)
    return rule is not None and rule(actor, file)
