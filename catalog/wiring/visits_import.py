"""The import of products' visitors, as a platform's data centre exports them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from catalog.services.quality.visits import PERMISSION, Visits, import_visits
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import Day, RowInput, Whole, reader
from opsdesk.imports.definitions import Column, Importer

MOST = 2_000_000_000  # what a column of whole numbers holds
_Count = Annotated[Whole, Field(ge=0, le=MOST)]


class VisitCells(RowInput):
    """One row of the table."""

    day: Day
    product: Annotated[str, Line(60)]
    visitors: _Count
    buyers: _Count


_read = reader(VisitCells)


def _parse(cells: Mapping[str, str]) -> Visits:
    return Visits(**_read(cells).model_dump())


VISITS = Importer(
    code="catalog.product_visits",
    title=mark("Visitors of products"),
    permission=PERMISSION,
    columns=(
        Column("day", mark("Day"), "2026-06-10", ("日期", "统计日期"), required=True),
        Column("product", mark("Product code"), "CG-001", ("商品编码", "货号", "商家编码"), required=True),
        Column("visitors", mark("Visitors"), "320", ("商品访客数", "访客数"), required=True),
        Column("buyers", mark("Buyers"), "12", ("支付买家数", "买家数"), required=True),
    ),
    parse=_parse,
    run=import_visits,
    sop="C19",
    key=("day", "product"),
    by_shop=True,
)
