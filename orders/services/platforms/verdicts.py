"""What became of an order of a platform's file."""

from collections.abc import Sequence
from dataclasses import dataclass

from opsdesk.common.errors import Issue
from opsdesk.imports.enums import Outcome


@dataclass(frozen=True)
class Verdict:
    """What becomes, or became, of one order; `issues` say why, also where it is no refusal."""

    outcome: Outcome
    issues: Sequence[Issue] = ()
