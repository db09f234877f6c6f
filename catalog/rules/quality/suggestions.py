"""When feedback and sales speak for another text or picture, and whether the change helped. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from catalog.enums.quality import CheckedField, Effect, FeedbackReason, FeedbackSource, SuggestionRule
from opsdesk.common.text import mark

PERCENT = 100
FIELDS: dict[str, CheckedField] = {  # what is changed when customers are unhappy for this reason
    FeedbackReason.SIZE: CheckedField.SPEC,
    FeedbackReason.COLOUR: CheckedField.IMAGES,
    FeedbackReason.NOT_AS_DESCRIBED: CheckedField.DETAIL,
    FeedbackReason.USAGE: CheckedField.USAGE,
    FeedbackReason.QUALITY: CheckedField.DETAIL,
    FeedbackReason.DAMAGED: CheckedField.PRECAUTIONS,
    FeedbackReason.OTHER: CheckedField.DETAIL,
}


@dataclass(frozen=True)
class Voice:
    """One row of feedback."""

    id: int
    product_id: int
    source: str
    reason: str
    rating: int | None


@dataclass(frozen=True)
class Sales:
    """Pieces of a product sold in the period, and in the equally long period before."""

    product_id: int
    now: int
    before: int


@dataclass(frozen=True)
class Thresholds:
    """The numbers that the rules go by; shares in percent."""

    cases: int
    share: int
    low_stars: int
    drop: int
    floor: int


@dataclass(frozen=True)
class Reason:
    """Why a field of a product's listing should change: the rule, its sentence, and the rows it goes by."""

    product_id: int
    rule: SuggestionRule
    field: CheckedField
    message: str
    params: dict[str, Any]
    rows: Sequence[int] = ()


def reasons(voices: Sequence[Voice], sales: Sequence[Sales], numbers: Thresholds) -> list[Reason]:
    """Every change that the rows speak for. SOP: C19"""
    by_product: dict[int, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_product[voice.product_id].append(voice)
    found = [reason for product, rows in by_product.items() for reason in _of_product(product, rows, numbers)]
    return [*found, *(reason for one in sales for reason in _drop(one, numbers))]


def _of_product(product: int, rows: list[Voice], numbers: Thresholds) -> Iterator[Reason]:
    yield from _returns(product, [row for row in rows if row.source == FeedbackSource.RETURN], numbers)
    low = [row.id for row in rows if row.rating is not None and row.rating <= numbers.low_stars]
    if len(low) >= numbers.cases:
        text = mark("%(count)s customers gave at most %(stars)s stars.")
        params = {"count": len(low), "stars": numbers.low_stars}
        yield Reason(product, SuggestionRule.LOW_RATING, CheckedField.DETAIL, text, params, low)
    complaints = [row for row in rows if row.source == FeedbackSource.COMPLAINT]
    if len(complaints) >= numbers.cases:
        text = mark("%(count)s quality complaints.")
        ids = [row.id for row in complaints]
        chosen = FIELDS[_most_frequent(complaints)]
        yield Reason(product, SuggestionRule.COMPLAINTS, chosen, text, {"count": len(ids)}, ids)


def _returns(product: int, rows: list[Voice], numbers: Thresholds) -> Iterator[Reason]:
    for reason in dict.fromkeys(row.reason for row in rows):
        ids = [row.id for row in rows if row.reason == reason]
        if len(ids) >= numbers.cases and len(ids) * PERCENT >= numbers.share * len(rows):
            text = mark("%(count)s of %(total)s returns for the same reason.")
            params = {"count": len(ids), "total": len(rows), "reason": str(reason)}
            yield Reason(product, SuggestionRule.RETURN_REASON, FIELDS[reason], text, params, ids)


def _drop(sales: Sales, numbers: Thresholds) -> Iterator[Reason]:
    if sales.before >= numbers.floor and (sales.before - sales.now) * PERCENT >= numbers.drop * sales.before:
        text = mark("Sales fell from %(before)s to %(now)s pieces.")
        params = {"before": sales.before, "now": sales.now}
        yield Reason(sales.product_id, SuggestionRule.SALES_DROP, CheckedField.IMAGES, text, params)


def _most_frequent(rows: list[Voice]) -> str:
    chosen = [row.reason for row in rows]
    return max(dict.fromkeys(chosen), key=chosen.count)


@dataclass(frozen=True)
class Figures:
    """How a product fared in a span of days: pieces sold a day, and returned pieces as a share of the sold ones."""

    days: int
    sold: int
    returned: int
    conversion: Fraction | None = None

    @property
    def per_day(self) -> Fraction:
        """Pieces sold a day."""
        return Fraction(self.sold, self.days)

    @property
    def return_rate(self) -> Fraction | None:
        """Returned pieces as a share of one of the sold ones; None when nothing was sold."""
        return Fraction(self.returned, self.sold) if self.sold else None

    def as_json(self) -> dict[str, Any]:
        """As they are kept beside the suggestion; rates with four decimals."""
        rate = self.return_rate
        return {
            "days": self.days,
            "sold": self.sold,
            "returned": self.returned,
            "per_day": round(float(self.per_day), 2),
            "return_rate": None if rate is None else round(float(rate), 4),
            "conversion": None if self.conversion is None else round(float(self.conversion), 4),
        }


def effect(before: Figures, after: Figures, *, margin: int) -> Effect:
    """What a change did: conversion where it is known on both sides, else sales a day; and the return rate.

    A change of less than `margin` percent is none. One worse figure makes the whole worse. SOP: C19
    """
    known = before.conversion is not None and after.conversion is not None
    sells = (
        _direction(before.conversion, after.conversion, margin) if known else _direction(before.per_day, after.per_day, margin)
    )
    returns = -_direction(before.return_rate, after.return_rate, margin)
    if min(sells, returns) < 0:
        return Effect.WORSE
    return Effect.BETTER if max(sells, returns) > 0 else Effect.SAME


def _direction(before: Fraction | None, after: Fraction | None, margin: int) -> int:
    """1 when the figure rose by at least the margin, -1 when it fell by it, else 0; unknown figures did neither."""
    if before is None or after is None or before == after:
        return 0
    if abs(after - before) * PERCENT < margin * before:
        return 0
    return 1 if after > before else -1


def window(days: timedelta) -> int:
    """A span as a number of whole days, at least one."""
    return max(days.days, 1)
