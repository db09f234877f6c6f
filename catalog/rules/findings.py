"""One thing that is wrong with a listing: shown beside its field, or answered with its JSON pointer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.enums.listings import Severity


@dataclass(frozen=True)
class Finding:
    """A problem of a listing's content; `message` is a message id.

    An error that `may_override` can be waived for one content; `waived` says that it was.
    """

    code: str
    pointer: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    may_override: bool = False
    waived: bool = False

    @property
    def blocks(self) -> bool:
        """True when the listing cannot be submitted with it."""
        return self.severity == Severity.ERROR
