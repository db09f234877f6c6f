"""Two texts side by side with the words that differ. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of text; `changed` where the other side does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Comparison:
    """One field before and after."""

    old: Sequence[Piece]
    new: Sequence[Piece]

    @property
    def differs(self) -> bool:
        """True when the two sides are not equal."""
        return any(piece.changed for piece in (*self.old, *self.new))


def compare(old: str, new: str) -> Comparison:
    """Compare by words in Latin script and by characters in Chinese. SOP: C13, C21"""
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    olds, news = [], []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if a < b:
            olds.append(Piece("".join(left[a:b]), changed))
        if c < d:
            news.append(Piece("".join(right[c:d]), changed))
    return Comparison(tuple(olds), tuple(news))
