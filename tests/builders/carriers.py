"""Carriers with tables, and goods with a weight."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalog.models import Sku
from opsdesk.common.actors import SYSTEM
from opsdesk.imports.definitions import ParsedRow
from orders.models import Carrier, CarrierChoice, Order
from orders.rules.carriers.places import short_place
from orders.services.carriers.registry import Terms, change_carrier, sync_carriers
from orders.services.carriers.tables import PriceLine, Region, import_coverage, import_prices
from tests.builders.times import NOW

SINCE = date(2026, 1, 1)


def a_carrier(
    code: str,
    *,
    first: str = "10.00",
    step: str = "2.00",
    province: str = "",
    served: bool = True,
    **terms: Any,
) -> Carrier:
    """A carrier in use that delivers to a province, or everywhere, for one price: a kilogram, then each 500 g."""
    sync_carriers()
    carrier = Carrier.objects.get(code=code)
    change_carrier(carrier_id=carrier.pk, name=carrier.name, terms=Terms(**terms), actor=SYSTEM, now=NOW)
    a_region(province, code, served=served)
    line = PriceLine(code, "全国", (), SINCE, None, 1000, Decimal(first), 500, Decimal(step))
    import_prices(rows=[ParsedRow(2, line)], write=True, actor=SYSTEM, now=NOW)
    carrier.refresh_from_db()
    return carrier


def weigh(sku: Any, grams: int | None, *, fragile: bool = False, do_not_bend: bool = False) -> None:
    """Write down what a piece weighs and how it is handled."""
    Sku.objects.filter(pk=sku.pk).update(grams=grams, fragile=fragile, do_not_bend=do_not_bend)


def choice_of(order: Order) -> CarrierChoice:
    """The choice of an order's carrier, as it is now."""
    return CarrierChoice.objects.select_related("carrier", "suggested").get(order=order)


def a_region(province: str, code: str = "sf", *, served: bool = True) -> None:
    """A row of a carrier's coverage table."""
    sync_carriers()
    rows = [ParsedRow(2, Region(code, short_place(province), served))]
    import_coverage(rows=rows, write=True, actor=SYSTEM, now=NOW)
