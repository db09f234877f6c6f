"""Filling the browser's forms in the test's own process."""

from typing import Any


def rows(prefix: str, *filled: dict[str, Any]) -> dict[str, Any]:
    """The fields of a table of forms."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    for index, row in enumerate(filled):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data
