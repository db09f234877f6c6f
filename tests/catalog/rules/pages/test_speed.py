"""How heavy a page may be."""

from datetime import timedelta

import pytest

from catalog.rules.findings import Finding
from catalog.rules.pages.speed import SpeedLimits, Weight, load_problem, speed_problems

LIMITS = SpeedLimits(size=3000, requests=60, time=timedelta(seconds=3))


@pytest.mark.parametrize(
    ("weight", "codes"),
    [
        (Weight(3_000_000, 60, timedelta(seconds=3)), []),
        (Weight(3_001_000, 60, timedelta(seconds=3)), ["page_too_large"]),
        (Weight(1, 61, timedelta(seconds=3)), ["page_too_many"]),
        (Weight(1, 1, timedelta(seconds=3, milliseconds=1)), ["page_too_slow"]),
        (Weight(9_000_000, 99, timedelta(seconds=9)), ["page_too_large", "page_too_many", "page_too_slow"]),
    ],
)
def test_exactly_at_a_limit_is_fine(weight: Weight, codes: list[str]) -> None:
    assert [finding.code for finding in speed_problems(weight, LIMITS)] == codes


@pytest.mark.parametrize(
    ("failure", "message", "detail"),
    [
        ("timeout", "The page did not load in time.", ""),
        ("status 404", "The page answers with error %(detail)s.", "404"),
        ("redirected https://x.example/ y", "The page leads elsewhere.", "https://x.example/ y"),
        ("too_large", "The page is too large to be loaded.", ""),
        ("forbidden_address", "The address of the page is not a public one.", ""),
        ("unreachable ConnectionError", "The page cannot be reached.", "ConnectionError"),
    ],
)
def test_a_page_that_does_not_load_says_why(failure: str, message: str, detail: str) -> None:
    assert load_problem(failure) == Finding("page_not_loaded", "/address", message, {"detail": detail})
