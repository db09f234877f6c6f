"""Does the update of a product say what it changes, and why? Pure."""

from collections.abc import Iterator, Sequence

from catalog.rules.findings import Finding
from opsdesk.common.text import mark


def update_problems(*, kinds: Sequence[str], reason: str) -> Iterator[Finding]:
    """What an update of goods that were on sale before leaves unsaid. SOP: C21"""
    if not kinds:
        yield Finding("required", "/change_kinds", mark("Say what the update changes: style, function, packaging or other."))
    if not reason:
        yield Finding("required", "/change_reason", mark("Say why the product is updated."))
