"""The import of tracking numbers, as the carrier's or the platform's tools hand them out."""

from collections.abc import Mapping
from typing import Annotated

from opsdesk.common.errors import Issue, Malformed
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import RowInput, reader
from opsdesk.imports.definitions import Column, Importer
from orders.rules.fulfilment.parcels import read_contents
from orders.rules.tracking.tracking import tracking_number
from orders.services.fulfilment.numbers import PERMISSION, Handed, import_numbers


class NumberCells(RowInput):
    order: Annotated[str, Line(100)]
    carrier: Annotated[str, Line(60)]
    tracking_no: Annotated[str, Line(60)]
    contents: Annotated[str, Line(500, blank=True)] = ""


_cells = reader(NumberCells)


def _read(cells: Mapping[str, str]) -> Handed:
    found = _cells(cells)
    return Handed(found.order, found.carrier, tracking_number(found.tracking_no), _contents(found.contents))


def _contents(cell: str) -> tuple[tuple[str, int], ...] | None:
    if not cell:
        return None
    try:
        return read_contents(cell)
    except ValueError:
        message = mark("This does not read as SKU=pieces: %(line)s")
        raise Malformed(message, code="invalid", issues=[Issue("/contents", "invalid", message, {"line": cell})]) from None


NUMBERS = Importer(
    code="orders.tracking_numbers",
    title=mark("Tracking numbers of packed orders"),
    permission=PERMISSION,
    columns=(
        Column(
            "order",
            mark("Order"),
            "TM20260611-1",
            ("订单号", "订单编号", "主订单编号", "平台单号"),
            required=True,
        ),
        Column("carrier", mark("Carrier"), "sf", ("物流公司", "快递公司", "承运商"), required=True),
        Column(
            "tracking_no",
            mark("Tracking number"),
            "SF0000000000001",
            ("物流单号", "快递单号", "运单号", "运单编号"),
            required=True,
        ),
        Column("contents", mark("Contents"), "", ("包裹内容", "包裹明细")),
    ),
    parse=_read,
    run=import_numbers,
    sop="O12",
    key=("order", "tracking_no"),
)
IMPORTERS = (NUMBERS,)
