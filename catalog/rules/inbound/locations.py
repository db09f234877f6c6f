"""Codes of storage locations from a pattern. Pure."""

import re
from itertools import product
from typing import Any

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark

MOST = 2000
LENGTH = 40
_PART = re.compile(r"\{(\d{1,4})-(\d{1,4})\}", re.ASCII)
_PLAIN = re.compile(r"[A-Z0-9-]*", re.ASCII)


def expand(pattern: str) -> list[str]:
    """The codes that a pattern such as ``A-{01-03}-{1-4}`` stands for, in its order; numbers keep their leading zeros.

    Raises: Invalid (another sign than capitals, digits and hyphens; a range that runs backwards; too many codes).
    """
    parts: list[list[str]] = []
    place = 0
    for found in _PART.finditer(pattern):
        first, last = found.groups()
        parts += [[pattern[place : found.start()]], _range(first, last)]
        place = found.end()
    parts.append([pattern[place:]])
    if not all(_PLAIN.fullmatch(one) for part in parts for one in part):
        _refuse("invalid", mark("Capitals, digits, hyphens and ranges such as {01-12}."))
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST:
        _refuse("too_many_items", mark("At most %(limit)s locations at once."), limit=MOST)
    codes = ["".join(one) for one in product(*parts)]
    if not codes[0] or max(map(len, codes)) > LENGTH:
        _refuse("out_of_range", mark("A code has 1 to %(limit)s characters."), limit=LENGTH)
    return codes


def _range(first: str, last: str) -> list[str]:
    if int(first) > int(last):
        _refuse("invalid_period", mark("A range runs from the smaller to the larger number."))
    return [f"{number:0{len(first)}d}" for number in range(int(first), int(last) + 1)]


def _refuse(code: str, message: str, **params: Any) -> None:
    raise Invalid(message, code=code, issues=[Issue("/pattern", code, message, params)], **params)
