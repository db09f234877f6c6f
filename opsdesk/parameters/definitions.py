"""What a parameter is, and the register of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark

T = TypeVar("T")


class Unit(StrEnum):
    SECONDS = mark("seconds")
    MINUTES = mark("minutes")
    HOURS = mark("hours")
    DAYS = mark("days")
    PIECES = mark("pieces")
    TIMES = mark("times")
    PEOPLE = mark("people")
    PERCENT = mark("percent")
    PERMILLE = mark("per mille")
    GRAMS = mark("grams")
    KILOBYTES = mark("kilobytes")
    YUAN = mark("yuan")
    MEGABYTES = mark("megabytes")
    MEGAPIXELS = mark("megapixels")
    CHARACTERS = mark("characters")
    POINTS = mark("points")
    SWITCH = "switch"


_SPANS = {
    Unit.SECONDS: timedelta(seconds=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """A number of the SOP. `default`, `minimum` and `maximum` are counted in `unit`."""

    code: str
    title: str
    default: int
    unit: Unit
    minimum: int
    maximum: int
    sop: str

    def check(self, number: int) -> None:
        """Raises: Invalid, outside the bounds."""
        if not self.minimum <= number <= self.maximum:
            raise Invalid(
                mark("It must lie between %(minimum)s and %(maximum)s."),
                code="out_of_range",
                minimum=self.minimum,
                maximum=self.maximum,
            )


REGISTER: dict[str, Parameter[Any]] = {}


def register(parameters: Iterable[Parameter[Any]]) -> None:
    """Make parameters known to the admin; called by the apps' wiring."""
    for parameter in parameters:
        REGISTER[parameter.code] = parameter


def span(code: str, title: str, default: int, unit: Unit, minimum: int, maximum: int, sop: str) -> Parameter[timedelta]:
    """A length of time; its value is a timedelta."""
    return Parameter(code, title, default, unit, minimum, maximum, sop)


def count(code: str, title: str, default: int, unit: Unit, minimum: int, maximum: int, sop: str) -> Parameter[int]:
    """A whole number; its value is an int."""
    return Parameter(code, title, default, unit, minimum, maximum, sop)


def switch(code: str, title: str, *, default: bool, sop: str) -> Parameter[bool]:
    """On or off; its value is a bool."""
    return Parameter(code, title, int(default), Unit.SWITCH, 0, 1, sop)


def in_unit(parameter: Parameter[T], number: int) -> T:
    """The number as the value that code works with: a timedelta for spans, a bool for switches, else an int."""
    if parameter.unit in _SPANS:
        return number * _SPANS[parameter.unit]  # type: ignore[return-value]
    if parameter.unit is Unit.SWITCH:
        return bool(number)  # type: ignore[return-value]
    return number  # type: ignore[return-value]
