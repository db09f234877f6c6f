"""Finding what answers a question, in Chinese and in languages with spaces, without a dictionary.

A text becomes terms: words of Latin letters and digits, and pairs of neighbouring Chinese characters. How well an
article fits is the weight of the question's terms that it has, where rare terms weigh more.
Ours: 0022
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_RUNS = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*|[㐀-鿿]+")
_LATIN = re.compile(r"[a-z0-9]", re.ASCII)
_PAIR = 2
LONGEST = 40
_SEAM = 0.5
HUNDRED = 100


def terms(*texts: str) -> list[str]:
    """The distinct terms of texts, sorted."""
    found: set[str] = set()
    for run in _RUNS.findall(" ".join(texts).casefold()):
        found |= {run[:LONGEST]} if _LATIN.match(run) else _pairs(run)
    return sorted(found)


def _pairs(run: str) -> set[str]:
    return {run[at : at + _PAIR] for at in range(len(run) - 1)} or {run}


@dataclass(frozen=True)
class Candidate:
    """An article that shares a term with the question."""

    key: int
    terms: Collection[str]


@dataclass(frozen=True)
class Hit:
    """How well an article fits, in percent of the question's weight."""

    key: int
    percent: int


def weights(question: Sequence[str], counts: Mapping[str, int], total: int) -> dict[str, float]:
    """What each term of the question weighs: the fewer of `total` articles have it, the more. A term that no article has
    weighs little: most are only the seam between two words."""
    return {term: math.log((total + 1) / counts[term]) + 1 if counts.get(term) else _SEAM for term in question}


def ranked(question: Sequence[str], candidates: Sequence[Candidate], *, total: int) -> list[Hit]:
    """Candidates by how well they fit, best first, equal ones by their key. SOP: S7"""
    counts = {term: sum(term in candidate.terms for candidate in candidates) for term in question}
    weight = weights(question, counts, total)
    whole = sum(weight.values()) or 1
    hits = [
        Hit(candidate.key, round(HUNDRED * sum(weight[term] for term in question if term in candidate.terms) / whole))
        for candidate in candidates
    ]
    return sorted((hit for hit in hits if hit.percent), key=lambda hit: (-hit.percent, hit.key))
