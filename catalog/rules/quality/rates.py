"""What a sample says of the error rate: the exact interval of Clopper and Pearson. Pure.

The interval is two-sided at 95 %: with no error at all, 3,688 fields prove a rate of at most one in a thousand.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from catalog.enums.quality import RateVerdict

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_STEPS = 60  # halvings of the interval: far beyond the accuracy that is shown


@dataclass(frozen=True)
class ErrorRate:
    """Errors among checked fields, with the limits between which the true rate lies; all rates are shares of one."""

    checked: int
    errors: int
    lower: float
    upper: float
    verdict: RateVerdict

    @property
    def rate(self) -> float | None:
        """The share that was found in the sample."""
        return self.errors / self.checked if self.checked else None


def error_rate(*, checked: int, errors: int, limit: float) -> ErrorRate:
    """The error rate of a sample and whether it proves that at most `limit` (a share of one) is wrong.

    Proven when the whole interval lies at or below the limit, exceeded when it lies above it; anything else proves nothing.
    SOP: C17
    """
    lower, upper = interval(checked=checked, errors=errors)
    verdict = RateVerdict.NOT_PROVEN
    if upper <= limit:
        verdict = RateVerdict.PROVEN
    elif lower > limit:
        verdict = RateVerdict.EXCEEDED
    return ErrorRate(checked, errors, lower, upper, verdict)


def interval(*, checked: int, errors: int) -> tuple[float, float]:
    """The exact 95 % interval of a rate, after Clopper and Pearson; (0, 1) when nothing was checked."""
    if not checked:
        return 0.0, 1.0
    lower = 0.0 if errors == 0 else _solve(lambda p: 1 - _at_most(errors - 1, checked, p) >= _TAIL)
    upper = 1.0 if errors == checked else _solve(lambda p: _at_most(errors, checked, p) <= _TAIL)
    return lower, upper


def fields_needed(limit: float) -> int:
    """How many fields must be checked without a single error until the limit is proven. SOP: C17"""
    return math.ceil(math.log(_TAIL) / math.log1p(-limit)) if limit < 1 else 1


def _solve(reached: Callable[[float], bool]) -> float:
    """The smallest rate for which the condition, once true, stays true."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _at_most(errors: int, checked: int, rate: float) -> float:
    """The probability of at most so many errors among so many fields."""
    yes, no = math.log(rate), math.log1p(-rate)
    total = math.lgamma(checked + 1)
    return math.fsum(
        math.exp(total - math.lgamma(k + 1) - math.lgamma(checked - k + 1) + k * yes + (checked - k) * no)
        for k in range(errors + 1)
    )
