"""Reading parameters: cached in the process, at most CACHE_SECONDS old."""

import time
from threading import Lock
from typing import TypeVar

from django.db.models import QuerySet

from opsdesk.parameters.definitions import Parameter, in_unit
from opsdesk.parameters.models import ParameterOverride

CACHE_SECONDS = 5.0
T = TypeVar("T")


class _Cache:
    """The overrides in force, read anew when they are older than CACHE_SECONDS."""

    def __init__(self) -> None:
        self._lock, self._read_at, self._numbers = Lock(), float("-inf"), dict[str, int]()

    def numbers(self) -> dict[str, int]:
        with self._lock:
            if time.monotonic() - self._read_at > CACHE_SECONDS:
                newest = ParameterOverride.objects.order_by("code", "-id").distinct("code")
                self._numbers = dict(newest.values_list("code", "number"))
                self._read_at = time.monotonic()
            return self._numbers

    def forget(self) -> None:
        with self._lock:
            self._read_at = float("-inf")


_cache = _Cache()
forget_cached = _cache.forget


def number(code: str, default: int) -> int:
    """The number in force for a code, in the parameter's own unit."""
    return _cache.numbers().get(code, default)


def value(parameter: Parameter[T]) -> T:
    """What is in force: a timedelta, an int or a bool, by the parameter's unit."""
    return in_unit(parameter, number(parameter.code, parameter.default))


def history(code: str) -> QuerySet[ParameterOverride]:
    """The overrides of a parameter, newest first."""
    return ParameterOverride.objects.filter(code=code).order_by("-id")
