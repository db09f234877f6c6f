"""Findings that somebody has taken responsibility for. Pure."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from catalog.enums.listings import Severity
from catalog.rules.findings import Finding
from catalog.rules.pricing import MARGIN_CODES


@dataclass(frozen=True)
class WaiverKey:
    """What tells one finding of a content from all others."""

    code: str
    pointer: str
    detail: str


def key_of(finding: Finding) -> WaiverKey:
    """The finding's key; `detail` is what it says besides its place, such as the word that was found."""
    detail = json.dumps(dict(finding.params), sort_keys=True, ensure_ascii=False)
    return WaiverKey(finding.code, finding.pointer[:200], detail[:600])


def is_waivable(finding: Finding) -> bool:
    """True for a warning, and for an error that may be overridden; prices have a waiver of their own.

    SOP: C13
    """
    if finding.code in MARGIN_CODES:
        return False
    return finding.severity == Severity.WARNING or finding.may_override


def settle(findings: Iterable[Finding], waived: Collection[WaiverKey]) -> list[Finding]:
    """The findings, those that were waived marked as such: they stay in sight, but do not block. SOP: C13"""
    return [
        replace(finding, severity=Severity.WARNING, waived=True)
        if is_waivable(finding) and key_of(finding) in waived
        else finding
        for finding in findings
    ]
