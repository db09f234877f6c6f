"""Lines of selection lists as a table to download; costs and margins only for those who may see them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import SelectionLine
from opsdesk.shops.enums import Platform

_Column = tuple[Any, Callable[[SelectionLine], Any]]
_PLAIN: tuple[_Column, ...] = (
    (_("Selection list"), lambda line: line.selection.title),
    (_("No."), lambda line: line.no),
    (_("Product idea"), lambda line: line.idea),
    (_("Category"), lambda line: line.category),
    (_("Supplier"), lambda line: line.supplier),
    (_("Fits platforms"), lambda line: ", ".join(str(Platform(code).label) for code in line.platforms)),
    (_("Expected sales a month (pieces)"), lambda line: line.expected_monthly_sales),
    (_("Expected stock turnover (days)"), lambda line: line.turnover_days),
    (_("Price"), lambda line: line.price),
    (_("Competitor price"), lambda line: line.competitor_price),
)
_COSTS: tuple[_Column, ...] = (
    (_("Cost"), lambda line: line.cost),
    (_("Margin (percent)"), lambda line: line.margin),
    (_("Score of the margin"), lambda line: line.margin_score),
)
_JUDGED: tuple[_Column, ...] = (
    (_("Score of market demand"), lambda line: line.demand_score),
    (_("Score of quality"), lambda line: line.quality_score),
    (_("Score of the supplier"), lambda line: line.supplier_score),
    (_("Score"), lambda line: line.score),
    (_("Quality standard"), lambda line: line.quality_standard),
    (_("Quality complaints"), lambda line: line.get_complaint_record_display()),
    (_("Trend"), lambda line: line.trend_note),
    (_("Sources"), lambda line: "\n".join(line.sources)),
    (_("Decision"), lambda line: line.get_decision_display()),
    (_("Reason"), lambda line: line.reason),
    (_("Product"), lambda line: line.product),
)


def line_table(lines: Iterable[SelectionLine], *, costs: bool) -> tuple[Sequence[Any], Iterator[Sequence[Any]]]:
    """The header and the rows, in the order of the lines."""
    columns = (*_PLAIN, *(_COSTS if costs else ()), *_JUDGED)
    return [title for title, _read in columns], ([read(line) for _title, read in columns] for line in lines)
