"""The imports of opening stock, of thresholds, and of what was counted at the dock."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from catalog.services.inbound.tables import CountLine, ThresholdLine, import_counts, import_opening_stock, import_thresholds
from catalog.services.inbound.tallies import Scan
from catalog.services.stock_sync import Absolute
from catalog.services.thresholds import MAX_THRESHOLD
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import RowInput, Whole, reader
from opsdesk.imports.definitions import Column, Importer

_MOST = 1_000_000


def _day(cell: Any) -> date:
    try:
        return date.fromisoformat(str(cell)[:10].replace("/", "-"))
    except ValueError:
        raise PydanticCustomError("invalid_time", mark("There is no such day or time.")) from None


class OpeningCells(RowInput):
    sku: Annotated[str, Line(60)]
    warehouse: Annotated[str, Line(40)]
    quantity: Annotated[Whole, Field(ge=0, le=_MOST)]
    sync_seq: Annotated[Whole, Field(ge=0, le=2**63 - 1)] = 0


class ThresholdCells(RowInput):
    sku: Annotated[str, Line(60)]
    threshold: Annotated[Whole, Field(ge=0, le=MAX_THRESHOLD)] | None = None


class CountCells(RowInput):
    receipt: Annotated[str, Line(20)]
    sku: Annotated[str, Line(60)]
    quantity: Annotated[Whole, Field(ge=0, le=_MOST)] = 0
    damaged: Annotated[Whole, Field(ge=0, le=_MOST)] = 0
    lot: Annotated[str, Line(60, blank=True)] = ""
    expires_on: Annotated[date, BeforeValidator(_day)] | None = None
    location: Annotated[str, Line(40, blank=True)] = ""


_opening, _threshold, _count = reader(OpeningCells), reader(ThresholdCells), reader(CountCells)


def _read_opening(cells: Mapping[str, str]) -> Absolute:
    found = _opening(cells)
    return Absolute(found.sku, found.warehouse, found.quantity, found.sync_seq)


def _read_threshold(cells: Mapping[str, str]) -> ThresholdLine:
    found = _threshold(cells)
    return ThresholdLine(found.sku, found.threshold)


def _read_count(cells: Mapping[str, str]) -> CountLine:
    found = _count(cells)
    scan = Scan(found.sku, found.quantity, found.damaged, found.lot, found.expires_on, found.location)
    return CountLine(found.receipt, scan)


_SKU = Column("sku", mark("SKU"), "TS-RED-M", ("规格编码", "商家编码", "SKU编码"), required=True)

OPENING = Importer(
    code="catalog.opening_stock",
    title=mark("Opening stock"),
    permission="catalog.import_openingstock",
    columns=(
        _SKU,
        Column("warehouse", mark("Warehouse"), "sz-01", ("仓库", "仓库编码"), required=True),
        Column("quantity", mark("Pieces"), "120", ("数量", "库存数量", "库存"), required=True),
        Column("sync_seq", mark("Sequence number"), "", ("同步序号",)),
    ),
    parse=_read_opening,
    run=import_opening_stock,
    sop="C11",
    key=("sku", "warehouse"),
)
THRESHOLDS = Importer(
    code="catalog.thresholds",
    title=mark("Alert thresholds"),
    permission="catalog.change_threshold",
    columns=(_SKU, Column("threshold", mark("Alert threshold"), "10", ("库存预警值", "预警值"))),
    parse=_read_threshold,
    run=import_thresholds,
    sop="C12",
    key=("sku",),
)
COUNTS = Importer(
    code="catalog.receipt_counts",
    title=mark("Counted deliveries"),
    permission="catalog.receive_goods",
    columns=(
        Column("receipt", mark("Goods receipt"), "GR20260611-1", ("入库单号", "收货单号"), required=True),
        _SKU,
        Column("quantity", mark("Good pieces"), "24", ("实收数量", "合格数量")),
        Column("damaged", mark("Damaged pieces"), "", ("破损数量",)),
        Column("lot", mark("Lot"), "L20260601", ("批次", "批号")),
        Column("expires_on", mark("Use by"), "2027-06-30", ("有效期至", "保质期至")),
        Column("location", mark("Location"), "A-01-03", ("库位", "货位")),
    ),
    parse=_read_count,
    run=import_counts,
    sop="C11",
    key=("receipt", "sku", "lot", "expires_on", "location"),
    group=("receipt",),
)
