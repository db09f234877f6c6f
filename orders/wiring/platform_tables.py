"""The order files of the selling platforms, and the table of merchant codes. Headers are those of the platforms' exports."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import RowInput, reader
from opsdesk.imports.definitions import Column, Importer
from orders.enums.platforms import Layout
from orders.rules.platforms.problems import PERMISSION
from orders.rules.platforms.reading import StatedRow, read_row
from orders.services.platforms.importing import import_orders
from orders.services.platforms.mapping import MAP, Mapped, import_mappings
from orders.wiring.platform_columns import FIELDS, LAYOUTS

_KEYS: dict[Layout, Sequence[str]] = {
    Layout.TAOBAO: ("order", "item"),
    Layout.DOUYIN: ("order", "item"),
    Layout.PINDUODUO: ("order",),
    Layout.JD: ("order", "style", "title", "price"),
    Layout.WHOLESALE: ("order", "title", "spec", "price"),
}
_TITLES = {
    Layout.TAOBAO: mark("Orders of Taobao and Tmall: the order file or the item file"),
    Layout.DOUYIN: mark("Orders of Douyin"),
    Layout.PINDUODUO: mark("Orders of Pinduoduo"),
    Layout.JD: mark("Orders of JD.com"),
    Layout.WHOLESALE: mark("Orders of 1688"),
}
_CODES = {Layout.WHOLESALE: "wholesale"}


def _parser(layout: Layout) -> Callable[[Mapping[str, str]], StatedRow]:
    return lambda cells: read_row(layout, cells)


def _importer(layout: Layout) -> Importer:
    columns = [
        Column(name, *FIELDS[name], aliases, required=name in ("order", "status")) for name, aliases in LAYOUTS[layout].items()
    ]
    return Importer(
        code=f"orders.platform_{_CODES.get(layout, layout.value)}",
        title=_TITLES[layout],
        permission=PERMISSION,
        columns=columns,
        parse=_parser(layout),
        run=import_orders,
        sop="O1",
        key=_KEYS[layout],
        group=("order",),
        together=True,
        by_shop=True,
    )


class MappingCells(RowInput):
    code: Annotated[str, Line(120)]
    sku: Annotated[str, Line(60)]


_mapping = reader(MappingCells)


def _read_mapping(cells: Mapping[str, str]) -> Mapped:
    found = _mapping(cells)
    return Mapped(found.code, found.sku)


MAPPINGS = Importer(
    code="orders.sku_mappings",
    title=mark("Merchant codes and their SKUs"),
    permission=MAP,
    columns=(
        Column("code", mark("Merchant code"), "HOT-01", ("商家编码", "平台编码"), required=True),
        Column("sku", mark("SKU"), "TS-RED-M", ("SKU编码", "系统编码"), required=True),
    ),
    parse=_read_mapping,
    run=import_mappings,
    sop="O2",
    key=("code",),
    by_shop=True,
)
IMPORTERS = (*(_importer(layout) for layout in Layout), MAPPINGS)
