"""The import of search terms, as a platform's data centre exports them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from catalog.services.selection.terms import TermCount, import_terms
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import Day, RowInput, Whole, reader
from opsdesk.imports.definitions import Column, Importer

MOST = 2_000_000_000  # what a column of whole numbers holds
_Count = Annotated[Whole, Field(ge=0, le=MOST)]


class TermCells(RowInput):
    """One row of the table."""

    day: Day
    term: Annotated[str, Line(120)]
    searches: _Count
    results: _Count
    clicks: _Count


_read = reader(TermCells)


def _parse(cells: Mapping[str, str]) -> TermCount:
    return TermCount(shop="", **_read(cells).model_dump())


TERMS = Importer(
    code="catalog.search_terms",
    title=mark("Search terms"),
    permission="catalog.add_searchtermcount",
    columns=(
        Column("day", mark("Day"), "2026-06-10", ("日期", "统计日期"), required=True),
        Column("term", mark("Search term"), "保温杯", ("搜索词", "关键词"), required=True),
        Column("searches", mark("Searches"), "320", ("搜索次数", "搜索人气", "搜索量"), required=True),
        Column("results", mark("Results"), "12", ("结果数", "搜索结果数"), required=True),
        Column("clicks", mark("Clicks"), "45", ("点击次数", "点击量"), required=True),
    ),
    parse=_parse,
    run=import_terms,
    sop="C1",
    key=("day", "term"),
    by_shop=True,
)
