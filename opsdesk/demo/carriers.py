"""What carriers take and where they deliver, which of them were chosen, their labels, ratings and claims."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from catalog.services.handling import Handling, HandlingLine, import_handling
from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from opsdesk.imports.definitions import ParsedRow
from orders.enums.carriers import Layout, Paper
from orders.queries.shipments import keys_of
from orders.services.carriers import claims, registry, scorecards
from orders.services.carriers.choosing import choose_carriers, override_choice
from orders.services.carriers.labels import print_labels
from orders.services.carriers.tables import PriceLine, Region, import_coverage, import_prices, short_place, short_province

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CHOSEN = 6 * _HOUR  # ago; longer than logistics has time to find a carrier
_UNWEIGHED = 12  # SKUs that nobody has weighed yet
_SOUTH, _EAST = ("广东省", "福建省", "湖南省"), ("浙江省", "江苏省", "上海市", "山东省")
# fragile, heaviest parcel (g), days; first kilogram and each further 500 g in the south, the east and elsewhere
_TERMS = {
    "sf": ((True, 50_000, 2), (("12.00", "1.50"), ("14.00", "2.00"), ("18.00", "4.00"))),
    "zto": ((False, 30_000, 4), (("5.00", "0.80"), ("6.00", "1.00"), ("9.00", "2.00"))),
    "jtexpress": ((False, 20_000, 5), (("4.50", "0.80"), ("5.50", "1.20"), ("8.50", "2.50"))),
    "jd": ((True, 30_000, 3), (("10.00", "1.00"), ("10.00", "1.00"), ("15.00", "3.00"))),
}
_NOT_SERVED = ("陕西省", "西藏自治区")


def make_tables(*, skus: Sequence[str], since: date, now: datetime) -> None:
    """What the carriers take, and what the goods weigh; a few have never been weighed."""
    for code, (terms, prices) in _TERMS.items():
        carrier = registry.carrier_of(code)
        registry.change_carrier(carrier_id=carrier.pk, name=carrier.name, terms=registry.Terms(*terms), actor=SYSTEM, now=now)
        zones = zip(("华南", "华东", "其他"), (_SOUTH, _EAST, ()), prices, strict=True)
        lines = [
            PriceLine(code, zone, tuple(map(short_province, names)), since, None, 1000, Decimal(first), 500, Decimal(step))
            for zone, names, (first, step) in zones
        ]
        import_prices(rows=_rows(lines), write=True, actor=SYSTEM, now=now)
    weighed = [HandlingLine(sku, _handling(number)) for number, sku in enumerate(skus[:-_UNWEIGHED])]
    import_handling(rows=_rows(weighed), write=True, actor=SYSTEM, now=now)


def make_choices(orders: Mapping[str, Sequence[Placed]], *, now: datetime) -> None:
    """Regions, choices for what waits in the warehouse, one of them changed by hand; labels, ratings, claims."""
    regions = [Region(code, short_place(name), name == "") for code in _TERMS for name in ("", *_NOT_SERVED)]
    import_coverage(rows=_rows(regions), write=True, actor=SYSTEM, now=now)
    waiting = [order.id for name in ("released", "picking", "packed") for order in orders[name]]
    chosen = choose_carriers(order_ids=waiting, actor=SYSTEM, now=now - _CHOSEN)
    one = next(row for row in chosen if row.findings[0]["carrier"] == "zto")
    override_choice(choice_id=one.pk, carrier="sf", reason="顾客要求发顺丰，补差价", actor=SYSTEM, now=now - 2 * _HOUR)
    _print(orders["shipped"], now)
    _claim(orders["completed"], now)
    scorecards.keep_last_month(now=now)


def _handling(number: int) -> Handling:
    return Handling(grams=150 + 90 * (number % 17), fragile=number % 9 == 0, do_not_bend=number % 14 == 0)


def _print(orders: Sequence[Placed], now: datetime) -> None:
    parcels = [key for order in orders[8:14] for key in keys_of(order.id)]
    for paper in Paper:
        print_labels(shipment_ids=parcels, paper=paper, layout=Layout.LARGE, actor=SYSTEM, now=now - 3 * _HOUR)
    print_labels(
        shipment_ids=parcels[:1],
        paper=Paper.WAYBILL,
        layout=Layout.SMALL,
        reason="面单打印不清晰",
        actor=SYSTEM,
        now=now - _HOUR,
    )


def _claim(orders: Sequence[Placed], now: datetime) -> None:
    asked = [
        claims.ask_compensation(shipment_id=key, amount=Decimal("88.00"), note=note, actor=SYSTEM, now=now - ago)
        for order, note, ago in zip(
            orders,
            ("外箱破损，商品碎裂", "漏液，包装浸湿", "少件一件", "签收前压坏"),
            (10 * _DAY, 12 * _DAY, 9 * _DAY, _DAY),
            strict=False,
        )
        for key in keys_of(order.id)
    ]
    claims.grant_claim(
        claim_id=asked[0].pk, granted_amount=Decimal("60.00"), answer="按保价比例赔付", actor=SYSTEM, now=now - 5 * _DAY
    )
    claims.refuse_claim(claim_id=asked[1].pk, answer="包装不符合要求", actor=SYSTEM, now=now - 6 * _DAY)


def _rows(data: Sequence[object]) -> list[ParsedRow]:
    return [ParsedRow(number, one) for number, one in enumerate(data, start=2)]
