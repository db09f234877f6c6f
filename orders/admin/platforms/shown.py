"""The rows of a platform's file as a page shows them: personal data masked."""

from collections.abc import Callable, Mapping
from typing import Any

from opsdesk.doors.words import say
from opsdesk.imports.definitions import REGISTER
from orders.models import PlatformProblem
from orders.rules import masking
from orders.rules.platforms.cells import is_hidden

_MASKS: Mapping[str, Callable[[str], str]] = {
    "recipient": masking.mask_name,
    "buyer": masking.mask_name,
    "phone": masking.mask_phone,
    "mobile": masking.mask_phone,
    "address": lambda _: "***",
    "address_changed": lambda _: "***",
}


def table_of(problem: PlatformProblem) -> dict[str, Any]:
    """Headers and rows; nothing once the problem is closed."""
    rows = problem.data.get("rows", [])
    importer = REGISTER["orders.platform_" + {"1688": "wholesale"}.get(problem.layout, problem.layout)]
    fields = [column for column in importer.columns if any(row.get(column.field) for row in rows)]
    return {
        "header": [say(column.label, {}) for column in fields],
        "rows": [[_shown(column.field, row.get(column.field, "")) for column in fields] for row in rows],
    }


def _shown(field: str, text: str) -> str:
    return _MASKS[field](text) if field in _MASKS and not is_hidden(text) else text
