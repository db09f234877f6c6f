"""Finding words that may not be used, however they are written. Pure.

Text is compared after NFKC (full-width letters, ligatures), case folding and without the gaps - spaces, punctuation,
invisible characters - that people put between the characters of a word.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick  # type: ignore[import-not-found]

from catalog.enums.listings import Severity, WordKind


@dataclass(frozen=True)
class Word:
    """A word that may not be used, and the longer phrases in which it is harmless (大麻 in 大麻烦)."""

    text: str
    severity: Severity = Severity.ERROR
    kind: WordKind = WordKind.BANNED
    allowed_in: tuple[str, ...] = ()
    may_override: bool = False


@dataclass(frozen=True)
class Hit:
    """A word found in a text; `start` and `end` are positions in the text as it was written."""

    word: Word
    start: int
    end: int


@dataclass(frozen=True)
class _Span:
    """A match in the folded text; `word` None for a harmless phrase."""

    start: int
    end: int
    words: tuple[Word, ...]
    excuses: tuple[Word, ...]

    def covers(self, other: "_Span") -> bool:
        return self.start <= other.start and other.end <= self.end and (self.end - self.start) > (other.end - other.start)


def normalised(text: str) -> str:
    """The text as words are compared: NFKC, case folded, letters and digits only."""
    return "".join(char for char, _ in folded(text))


def find_words(text: str, words: Sequence[Word]) -> list[Hit]:
    """Every word in the text, in order; the longest match wins, and a harmless phrase excuses what it covers.

    SOP: C13
    """
    chars = folded(text)
    automaton = _automaton(tuple(words))
    if automaton is None or not chars:
        return []
    spans = list(_spans(automaton, chars, text))
    bad = [(span, word) for span in spans for word in span.words if not _excused(span, word, spans)]
    return [
        Hit(word, chars[span.start][1], chars[span.end][1] + 1)
        for span, word in bad
        if not any(other.covers(span) for other, _ in bad)
    ]


def _excused(span: _Span, word: Word, spans: Sequence[_Span]) -> bool:
    return any(other.covers(span) and word in other.excuses for other in spans)


def folded(text: str, *, keep: str = "") -> list[tuple[str, int]]:
    """The compared characters, each with the position of the character that it came from.

    They are letters and digits, and signs that are to be kept.
    """
    return [
        (char, position)
        for position, original in enumerate(text)
        for char in unicodedata.normalize("NFKC", original).casefold()
        if char.isalnum() or char in keep
    ]


@lru_cache(maxsize=32)
def _automaton(words: tuple[Word, ...]) -> "ahocorasick.Automaton | None":
    entries: dict[str, tuple[list[Word], list[Word]]] = {}
    for word in words:
        if key := normalised(word.text):
            entries.setdefault(key, ([], []))[0].append(word)
        for phrase in filter(None, map(normalised, word.allowed_in)):
            entries.setdefault(phrase, ([], []))[1].append(word)
    if not entries:
        return None
    automaton = ahocorasick.Automaton()
    for key, (found, excuses) in entries.items():
        automaton.add_word(key, (len(key), tuple(found), tuple(excuses)))
    automaton.make_automaton()
    return automaton


def _spans(automaton: "ahocorasick.Automaton", chars: list[tuple[str, int]], text: str) -> Iterator[_Span]:
    for end, (length, words, excuses) in automaton.iter("".join(char for char, _ in chars)):
        start = end - length + 1
        first, last = chars[start][1], chars[end][1]
        if not _inside_a_word(text, first, last):
            yield _Span(start, end, words, excuses)


def _inside_a_word(text: str, first: int, last: int) -> bool:
    """True when the match begins or ends in the middle of a word of Latin letters or digits."""
    before = text[first - 1 : first] + text[first]
    after = text[last : last + 2]
    return any(len(pair) == 2 and all(_is_latin(char) for char in pair) for pair in (before, after))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
