"""Manners of claiming that may not be used, written with wildcards: 最[好大], 100%, #天见效, 治疗*病. Pure.

A pattern is no regular expression: it is made into one here, of parts that each match a bounded number of characters,
so that no text and no pattern can keep a server busy. Text is compared as words are, but keeps its percent signs.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.enums.listings import Severity, WordKind
from catalog.rules.wording import folded
from opsdesk.common.text import mark

KEPT = "%‰"
LENGTH = 60
MAX_GAPS = 2
ANY, GAP, NUMBER, OR = "?", "*", "#", "|"
_GAP = ".{0,6}"
_NUMBER = "[0-9一二两三四五六七八九十百千万]{1,10}"
_SET = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Claim:
    """A manner of claiming, and the longer phrases in which it is harmless (最大 in 最大功率)."""

    text: str
    severity: Severity = Severity.WARNING
    kind: WordKind = WordKind.FALSE_CLAIM
    allowed_in: tuple[str, ...] = ()
    may_override: bool = False


@dataclass(frozen=True)
class ClaimHit:
    """What was found: the words as they were written."""

    claim: Claim
    found: str


class UnsafePattern(ValueError):
    """The pattern cannot be used; the argument is a message id."""


def compiled(pattern: str) -> "re.Pattern[str]":
    """The pattern as a bounded expression on folded text.

    Raises: UnsafePattern.
    """
    text = unicodedata.normalize("NFKC", pattern).casefold()
    if len(text) > LENGTH:
        raise UnsafePattern(mark("At most 60 characters."))
    if text.count(GAP) > MAX_GAPS:
        raise UnsafePattern(mark("At most two * in a pattern."))
    return re.compile("|".join(_alternative(part) for part in text.split(OR)))


def find_claims(text: str, claims: Sequence[Claim]) -> Iterator[ClaimHit]:
    """Every claim in the text, each once, unless a longer harmless phrase covers all its places.

    SOP: C13
    """
    chars = folded(text, keep=KEPT)
    plain = "".join(char for char, _ in chars)
    for claim in claims if plain else ():
        harmless = [span for phrase in claim.allowed_in for span in _places(plain, _plain(phrase))]
        for match in _expression(claim.text).finditer(plain):
            first, last = match.span()
            if not any(start <= first and last <= end and end - start > last - first for start, end in harmless):
                yield ClaimHit(claim, text[chars[first][1] : chars[last - 1][1] + 1])
                break


@lru_cache(maxsize=2048)
def _expression(pattern: str) -> "re.Pattern[str]":
    return compiled(pattern)


def _alternative(part: str) -> str:
    """One alternative. At least two of its characters are fixed or out of a set: less would forbid nearly everything."""
    expression, rest, fixed = "", part, 0
    while rest:
        if chosen := _SET.match(rest):
            letters = _plain(chosen[1])
            if not letters:
                raise UnsafePattern(mark("Nothing stands between the brackets."))
            expression, rest, fixed = f"{expression}[{re.escape(letters)}]", rest[chosen.end() :], fixed + 1
            continue
        char, rest = rest[0], rest[1:]
        if char in "[]":
            raise UnsafePattern(mark("A bracket has no partner."))
        wild = {ANY: ".", GAP: _GAP, NUMBER: _NUMBER}.get(char)
        letters = "" if wild else _plain(char)
        expression += wild or re.escape(letters)
        fixed += len(letters) + (char == NUMBER)
    if fixed <= 1:
        raise UnsafePattern(mark("Two characters at least must be fixed, such as 最[好大]."))
    return expression


def _plain(text: str) -> str:
    return "".join(char for char, _ in folded(text, keep=KEPT))


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    start = text.find(phrase) if phrase else -1
    while start >= 0:
        yield start, start + len(phrase)
        start = text.find(phrase, start + 1)
