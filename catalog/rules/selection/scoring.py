"""How good an idea of a product is: its score, its margin, and everything that speaks against it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.enums.listings import Severity
from catalog.enums.selection import ComplaintRecord
from catalog.rules.findings import Finding
from catalog.rules.pricing import margin_percent
from opsdesk.common.text import mark

LOWEST, BEST = 1, 5  # of a criterion's score
CRITERIA = ("demand", "quality", "supplier", "margin")
REQUIRED = ("category", "supplier", "platforms", "expected_monthly_sales", "turnover_days", "cost", "price")
MARGIN_CODES = frozenset({"margin_below_target", "below_cost"})
_HUNDREDTH, _TENTH, _PERCENT = Decimal("0.01"), Decimal("0.1"), 100


@dataclass(frozen=True)
class Weights:
    """How much each criterion counts; only their proportion matters."""

    demand: int
    quality: int
    supplier: int
    margin: int


@dataclass(frozen=True)
class LineFacts:
    """What a line says. `lacking` are the labels of the qualification documents that its supplier lacks."""

    category: str = ""
    supplier: str = ""
    platforms: Sequence[str] = ()
    expected_monthly_sales: int | None = None
    turnover_days: int | None = None
    cost: Decimal | None = None
    price: Decimal | None = None
    competitor_price: Decimal | None = None
    demand_score: int | None = None
    quality_score: int | None = None
    supplier_score: int | None = None
    margin_score: int | None = None
    quality_standard: str = ""
    complaint_record: str = ComplaintRecord.UNCHECKED
    supplier_suspended: bool = False
    lacking: Sequence[str] = ()


@dataclass(frozen=True)
class Targets:
    """What is demanded: percents of the price and of the best score, and days of stock."""

    margin_percent: int
    minimum_percent: int
    turnover_days: int


def total_score(line: LineFacts, weights: Weights) -> Decimal | None:
    """The weighted mean of the four scores, 1.00 to 5.00; None until all four are given.

    Without any weight all count the same.
    SOP: C2
    """
    given: list[int | None] = [getattr(line, f"{name}_score") for name in CRITERIA]
    scores = [score for score in given if score is not None]
    if len(scores) < len(CRITERIA):
        return None
    counts: list[int] = [getattr(weights, name) for name in CRITERIA]
    if not sum(counts):
        counts = [1] * len(CRITERIA)
    weighted = sum(score * count for score, count in zip(scores, counts, strict=True))
    return (Decimal(weighted) / sum(counts)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def margin_of(line: LineFacts) -> Decimal | None:
    """The gross margin in percent with one decimal; None without a price above zero or without a cost. SOP: C2"""
    if not line.price or line.price <= 0 or line.cost is None:
        return None
    return margin_percent(price=line.price, cost=line.cost).quantize(_TENTH, ROUND_HALF_UP)


def minimum_score(percent: int) -> Decimal:
    """The least score of accepted goods: a percentage of the best score. SOP: C2"""
    return (Decimal(BEST * percent) / _PERCENT).quantize(_HUNDREDTH, ROUND_HALF_UP)


def findings(line: LineFacts, weights: Weights, targets: Targets) -> list[Finding]:
    """All that speaks against a line: errors forbid to accept it, warnings ask the supervisor for a reason.

    SOP: C1, C2
    """
    return [
        *_missing(line),
        *_scores(line, weights, targets),
        *_quality(line),
        *_supplier(line),
        *_money(line, targets),
        *_turnover(line, targets),
    ]


def _missing(line: LineFacts) -> Iterator[Finding]:
    for name in REQUIRED:
        if getattr(line, name) in (None, "", (), []):
            yield Finding("required", f"/{name}", mark("This field is required."))
    for name in CRITERIA:
        if getattr(line, f"{name}_score") is None:
            yield Finding("not_scored", f"/{name}_score", mark("This criterion has no score yet."))


def _scores(line: LineFacts, weights: Weights, targets: Targets) -> Iterator[Finding]:
    score, minimum = total_score(line, weights), minimum_score(targets.minimum_percent)
    if score is not None and score < minimum:
        params = {"score": f"{score:.2f}", "minimum": f"{minimum:.2f}"}
        yield Finding("score_below_minimum", "/score", mark("The score is %(score)s, at least %(minimum)s is needed."), params)


def _quality(line: LineFacts) -> Iterator[Finding]:
    if not line.quality_standard:
        yield Finding("standard_missing", "/quality_standard", mark("Name the national standard that the goods meet."))
    if line.complaint_record == ComplaintRecord.FOUND:
        text = mark("There is a record of quality complaints about these goods.")
        yield Finding("complaint_record", "/complaint_record", text)
    elif line.complaint_record != ComplaintRecord.NONE:
        text = mark("Say whether there is a record of quality complaints.")
        yield Finding("complaint_unchecked", "/complaint_record", text)


def _supplier(line: LineFacts) -> Iterator[Finding]:
    if line.supplier_suspended:
        yield Finding("supplier_suspended", "/supplier", mark("This supplier is suspended."))
    for name in line.lacking:
        text = mark("The supplier has no valid document of this kind: %(document)s")
        yield Finding("supplier_unqualified", "/supplier", text, {"document": name})


def _money(line: LineFacts, targets: Targets) -> Iterator[Finding]:
    margin = margin_of(line)
    if margin is not None and margin < targets.margin_percent:
        params = {"margin": f"{margin:.1f}", "target": str(targets.margin_percent)}
        text = mark("The margin is %(margin)s %%, the target is %(target)s %%.")
        yield Finding("margin_below_target", "/price", text, params, Severity.WARNING)
    if line.price is not None and line.cost is not None and line.price < line.cost:
        yield Finding("below_cost", "/price", mark("This price is below the cost."))
    if line.price is not None and line.competitor_price is not None and line.price > line.competitor_price:
        text = mark("The price is above the competitor's.")
        yield Finding("above_competitor", "/price", text, severity=Severity.WARNING)


def _turnover(line: LineFacts, targets: Targets) -> Iterator[Finding]:
    if line.turnover_days is not None and line.turnover_days > targets.turnover_days:
        params = {"days": str(line.turnover_days), "target": str(targets.turnover_days)}
        text = mark("Stock would turn over in %(days)s days, the target is %(target)s.")
        yield Finding("slow_turnover", "/turnover_days", text, params, Severity.WARNING)
