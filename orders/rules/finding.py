"""What somebody pasted to find orders: cut into numbers, each looked up in every way it can be meant. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MOST = 200
TAIL = 4  # digits of a phone number that are enough to look it up
_BETWEEN = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True)
class Asked:
    """The numbers of a paste, each once, in their order; `left_out` is how many were beyond the limit."""

    numbers: list[str]
    left_out: int

    @property
    def tails(self) -> list[str]:
        """Those that can be the end of a phone number."""
        return [number for number in self.numbers if len(number) == TAIL and number.isascii() and number.isdecimal()]


def asked(text: str) -> Asked:
    """The numbers in a text, separated by spaces, lines or commas."""
    numbers = list(dict.fromkeys(part for part in _BETWEEN.split(text) if part))
    return Asked(numbers[:MOST], max(len(numbers) - MOST, 0))


def answers(numbers: Iterable[str], found: Mapping[str, Collection[int]]) -> list[tuple[str, list[int]]]:
    """For each number the ids of the orders that it found, newest first, also when there are none."""
    return [(number, sorted(found.get(number, ()), reverse=True)) for number in numbers]
