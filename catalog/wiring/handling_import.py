"""The import of weights and of how goods are handled."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from catalog.services.handling import MAX_GRAMS, PERMISSION, Handling, HandlingLine, import_handling
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import RowInput, Truth, Whole, reader
from opsdesk.imports.definitions import Column, Importer


class HandlingCells(RowInput):
    sku: Annotated[str, Line(60)]
    grams: Annotated[Whole, Field(ge=1, le=MAX_GRAMS)] | None = None
    fragile: Truth = False
    do_not_bend: Truth = False


_cells = reader(HandlingCells)


def _read(cells: Mapping[str, str]) -> HandlingLine:
    found = _cells(cells)
    return HandlingLine(found.sku, Handling(found.grams, found.fragile, found.do_not_bend))


HANDLING = Importer(
    code="catalog.handling",
    title=mark("Weights and handling of goods"),
    permission=PERMISSION,
    columns=(
        Column("sku", mark("SKU"), "TS-RED-M", ("规格编码", "商家编码", "SKU编码"), required=True),
        Column("grams", mark("Weight (g)"), "250", ("重量(克)", "重量", "毛重")),
        Column("fragile", mark("Fragile"), "no", ("易碎",)),
        Column("do_not_bend", mark("Do not bend"), "no", ("勿折",)),
    ),
    parse=_read,
    run=import_handling,
    sop="O11",
    key=("sku",),
)
