"""The imports of coverage and prices of carriers."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line, Money
from opsdesk.doors.cells import Day, Items, RowInput, Truth, Whole, reader
from opsdesk.imports.definitions import Column, Importer
from orders.rules.carriers.places import short_place, short_province
from orders.services.carriers.tables import PERMISSION, PriceLine, Region, import_coverage, import_prices

_MOST_GRAMS = 1_000_000
_Place = Annotated[str, Line(60, blank=True)]
_Grams = Annotated[Whole, Field(ge=1, le=_MOST_GRAMS)]


class RegionCells(RowInput):
    carrier: Annotated[str, Line(30)]
    province: _Place = ""
    city: _Place = ""
    district: _Place = ""
    served: Truth = True


class PriceCells(RowInput):
    carrier: Annotated[str, Line(30)]
    zone: Annotated[str, Line(40)]
    provinces: Annotated[list[Annotated[str, Line(60)]], Items] = Field(default=[], max_length=40)
    valid_from: Day
    valid_until: Day | None = None
    first_grams: _Grams
    first_price: Annotated[Money, Field(ge=0, le=99_999)]
    step_grams: _Grams
    step_price: Annotated[Money, Field(ge=0, le=99_999)]


_region, _price = reader(RegionCells), reader(PriceCells)


def _read_region(cells: Mapping[str, str]) -> Region:
    found = _region(cells)
    return Region(found.carrier.lower(), short_place(found.province, found.city, found.district), found.served)


def _read_price(cells: Mapping[str, str]) -> PriceLine:
    found = _price(cells)
    provinces = tuple(sorted({short_province(name) for name in found.provinces}))
    weights = (found.first_grams, found.first_price, found.step_grams, found.step_price)
    return PriceLine(found.carrier.lower(), found.zone, provinces, found.valid_from, found.valid_until, *weights)


_CARRIER = Column("carrier", mark("Carrier code"), "sf", ("快递公司编码", "快递编码", "快递公司"), required=True)

COVERAGE = Importer(
    code="orders.carrier_coverage",
    title=mark("Regions of carriers"),
    permission=PERMISSION,
    columns=(
        _CARRIER,
        Column("province", mark("Province"), "西藏自治区", ("省份", "省")),
        Column("city", mark("City"), "", ("城市", "市")),
        Column("district", mark("District"), "", ("区县", "区")),
        Column("served", mark("Delivers there"), "no", ("是否派送", "是否可达")),
    ),
    parse=_read_region,
    run=import_coverage,
    sop="O11",
    key=("carrier", "province", "city", "district"),
)
PRICES = Importer(
    code="orders.carrier_prices",
    title=mark("Prices of carriers"),
    permission=PERMISSION,
    columns=(
        _CARRIER,
        Column("zone", mark("Region group"), "华南", ("区域", "计费区域"), required=True),
        Column("provinces", mark("Provinces"), "广东省、广西壮族自治区、海南省", ("包含省份",)),
        Column("valid_from", mark("From"), "2026-06-01", ("生效日期",), required=True),
        Column("valid_until", mark("Until"), "", ("失效日期",)),
        Column("first_grams", mark("First weight (g)"), "1000", ("首重(克)", "首重"), required=True),
        Column("first_price", mark("Price of the first weight"), "8.00", ("首重价格", "首重价"), required=True),
        Column("step_grams", mark("Further weight (g)"), "500", ("续重(克)", "续重"), required=True),
        Column("step_price", mark("Price of each further weight"), "2.00", ("续重价格", "续重价"), required=True),
    ),
    parse=_read_price,
    run=import_prices,
    sop="O11",
    key=("carrier", "zone", "valid_from"),
)
