"""How heavy a page is, and whether that is too much. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from catalog.rules.findings import Finding
from opsdesk.common.text import mark

_KILOBYTE = 1000


@dataclass(frozen=True)
class Weight:
    """What loading a page took: bytes and requests with all its images, styles and scripts, and the time for them."""

    size: int
    requests: int
    time: timedelta


@dataclass(frozen=True)
class SpeedLimits:
    """What a page may take; `size` in kilobytes."""

    size: int
    requests: int
    time: timedelta


_FAILURES = {
    "timeout": mark("The page did not load in time."),
    "status": mark("The page answers with error %(detail)s."),
    "redirected": mark("The page leads elsewhere."),
    "too_large": mark("The page is too large to be loaded."),
    "forbidden_address": mark("The address of the page is not a public one."),
}
_UNREACHABLE = mark("The page cannot be reached.")


def load_problem(failure: str) -> Finding:
    """Why a page could not be loaded, by the code of the failure and what was said with it. SOP: C25"""
    code, _, detail = failure.partition(" ")
    return Finding("page_not_loaded", "/address", _FAILURES.get(code, _UNREACHABLE), {"detail": detail})


def speed_problems(weight: Weight, limits: SpeedLimits) -> Iterator[Finding]:
    """What makes a page slow; exactly at a limit is still fine. SOP: C25"""
    if weight.size > limits.size * _KILOBYTE:
        params = {"size": weight.size // _KILOBYTE, "limit": limits.size}
        yield Finding("page_too_large", "/size", mark("The page weighs %(size)s kB; %(limit)s kB are allowed."), params)
    if weight.requests > limits.requests:
        params = {"requests": weight.requests, "limit": limits.requests}
        yield Finding("page_too_many", "/requests", mark("The page needs %(requests)s requests; allowed: %(limit)s."), params)
    if weight.time > limits.time:
        seconds = {"seconds": f"{weight.time.total_seconds():.1f}", "limit": f"{limits.time.total_seconds():.0f}"}
        yield Finding("page_too_slow", "/time", mark("The page took %(seconds)s s to load; allowed: %(limit)s s."), seconds)
