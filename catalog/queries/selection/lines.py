"""Reading the lines of selection lists, with everything that speaks against each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from catalog.enums.selection import SelectionState, SupplierStatus
from catalog.models import Category, SelectionLine, SelectionList
from catalog.parameters.listings import TARGET_MARGIN
from catalog.parameters.selection import (
    MINIMUM_SCORE,
    TURNOVER_TARGET,
    WEIGHT_DEMAND,
    WEIGHT_MARGIN,
    WEIGHT_QUALITY,
    WEIGHT_SUPPLIER,
)
from catalog.queries.selection.suppliers import lacking_of
from catalog.rules.findings import Finding
from catalog.rules.selection.scoring import MARGIN_CODES, LineFacts, Targets, Weights, findings
from opsdesk.parameters.queries import value

_SAME = (
    "platforms",
    "expected_monthly_sales",
    "turnover_days",
    "cost",
    "price",
    "competitor_price",
    "demand_score",
    "quality_score",
    "supplier_score",
    "margin_score",
    "quality_standard",
    "complaint_record",
)


@dataclass(frozen=True)
class Examined:
    """A line with what speaks against it."""

    line: SelectionLine
    findings: list[Finding]

    @property
    def is_acceptable(self) -> bool:
        """True when no finding forbids to accept it."""
        return not any(finding.blocks for finding in self.findings)

    def shown(self, *, costs: bool) -> list[Finding]:
        """The findings; those that tell the margin only to those who may see costs."""
        return [finding for finding in self.findings if costs or finding.code not in MARGIN_CODES]


def with_facts(lines: QuerySet[SelectionLine]) -> QuerySet[SelectionLine]:
    """Lines with all that the rules ask of them, in a fixed number of statements."""
    rows = lines.select_related("selection", "category__parent__parent", "supplier", "product__latest_revision")
    return rows.prefetch_related("supplier__documents")


def lines_of(selection: SelectionList) -> QuerySet[SelectionLine]:
    """The lines of a list in their order."""
    return with_facts(SelectionLine.objects.filter(selection=selection)).order_by("no")


def open_lists() -> QuerySet[SelectionList]:
    """The lists that are still being written, newest first."""
    return SelectionList.objects.filter(state=SelectionState.DRAFT).order_by("-id")


def weights() -> Weights:
    """How much each criterion counts now. SOP: C2"""
    return Weights(value(WEIGHT_DEMAND), value(WEIGHT_QUALITY), value(WEIGHT_SUPPLIER), value(WEIGHT_MARGIN))


def facts_of(line: SelectionLine, *, today: date) -> LineFacts:
    """What a line says, as the rules read it."""
    supplier = line.supplier
    return LineFacts(
        **{name: getattr(line, name) for name in _SAME},
        category=line.category.code if line.category else "",
        supplier=supplier.code if supplier else "",
        supplier_suspended=bool(supplier and supplier.status == SupplierStatus.SUSPENDED),
        lacking=[str(kind.label) for kind in lacking_of(supplier.documents.all(), today=today)] if supplier else (),
    )


def examine(line: SelectionLine, *, today: date) -> Examined:
    """The line with everything that speaks against it. SOP: C1, C2"""
    targets = Targets(target_margin(line.category), value(MINIMUM_SCORE), value(TURNOVER_TARGET).days)
    return Examined(line, findings(facts_of(line, today=today), weights(), targets))


def examine_all(lines: Iterable[SelectionLine], *, today: date) -> list[Examined]:
    """All lines with what speaks against each."""
    return [examine(line, today=today) for line in lines]


def target_margin(category: Category | None) -> int:
    """The gross margin in percent that goods of the category should earn. SOP: C10"""
    while category is not None:
        if category.target_margin is not None:
            return category.target_margin
        category = category.parent
    return value(TARGET_MARGIN)
