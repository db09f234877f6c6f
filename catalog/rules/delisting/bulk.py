"""What many listings at once are shown as before anything is done, and what proves that this is what was shown. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.enums.listings import RevisionState
from opsdesk.common.errors import DomainError, IllegalTransition
from opsdesk.common.text import mark

DELIST, RELIST = "delist", "relist"


@dataclass(frozen=True)
class Refusal:
    """Why a listing is left as it is: a message id with its parameters."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One listing of a bulk change and what becomes of it; `revision` is None where no listing has the code."""

    code: str
    revision: int | None = None
    version: int | None = None
    title: str = ""
    refused: tuple[Refusal, ...] = ()


UNKNOWN = (Refusal(mark("No published listing has this code.")),)
_STATES = {
    RevisionState.LISTED: mark("It is on sale already."),
    RevisionState.DELISTED: mark("It is not on sale."),
}
_SHOWN = 3  # of many findings, as many as fit on a line


def refusals(error: DomainError, state: str) -> tuple[Refusal, ...]:
    """Why a listing in this state is refused, in plain words. SOP: C14"""
    if isinstance(error, IllegalTransition) and state in _STATES:
        return (Refusal(_STATES[RevisionState(state)]),)
    issues = (Refusal(issue.message, issue.params) for issue in error.issues[:_SHOWN])
    return (Refusal(error.message_id, error.params), *issues)


def token_of(order: Mapping[str, Any], rows: Iterable[Row]) -> str:
    """The SHA-256 of what is asked for and of every row that is shown: any difference, another token. SOP: C14"""
    shown = [[row.code, row.revision, row.version, [[one.message, one.params] for one in row.refused]] for row in rows]
    text = json.dumps([order, shown], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
