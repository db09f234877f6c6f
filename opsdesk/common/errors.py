"""Everything that may be refused. A DomainError says what is wrong in a sentence that staff can act on.

Errors carry message ids and parameters, never translated text: the doors translate and choose the status.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from opsdesk.common.text import mark


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong with one part of the input.

    `pointer` is an RFC 6901 JSON pointer into the input, empty for the whole of it.
    """

    pointer: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


class DomainError(Exception):
    """The operation is refused and nothing was written."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = mark("This is not possible.")

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        issues: Sequence[Issue] = (),
        extra: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message or self.message)
        self.message_id = message or self.message
        self.error_code = code or self.code
        self.params = params
        self.issues = tuple(issues)
        self.extra = dict(extra or {})

    def __str__(self) -> str:
        return self.message_id % self.params if self.params else self.message_id


class Malformed(DomainError):
    """The input cannot be read as what it should be."""

    code = "invalid"
    message = mark("The input is not valid.")


class TooLarge(DomainError):
    """There is more of it than is taken."""

    code = "too_large"
    message = mark("It is larger than %(limit)s bytes.")


class Unsupported(DomainError):
    """A file of another kind than is taken here."""

    code = "unsupported_file"
    message = mark("A file of this kind is not taken here.")


class Invalid(DomainError):
    """The input can be read, but breaks a rule of the shop."""

    code = "invalid"
    message = mark("The input breaks a rule.")


class Conflict(DomainError):
    """The input is fine, but the present state of things does not allow it."""

    code = "conflict"
    message = mark("This conflicts with the present state.")


class IllegalTransition(Conflict):
    """The step does not leave from the state that the object is in."""

    code = "invalid_transition"
    message = mark("%(action)s is not possible in state %(state)s.")


class Stale(DomainError):
    """Somebody changed the object since it was read."""

    code = "stale_version"
    message = mark("It was changed in the meantime; load it again.")


class Forbidden(DomainError):
    """The actor may not do this."""

    code = "permission_denied"
    message = mark("You do not have the permission to do this.")


class NotFound(DomainError):
    """There is no such object, or the actor may not know of it."""

    code = "not_found"
    message = mark("Not found.")
