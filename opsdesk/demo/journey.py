"""Real invoices on their way through the REST door, and whether all of it arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalog.enums.stock import MovementReason
from catalog.queries.invariants import unbalanced
from catalog.queries.ledger import moved_for
from catalog.queries.range import range_of
from catalog.queries.stock import warehouses_by_code
from catalog.services.setup import category_path, create_warehouse, serve_shop
from catalog.services.stock import Booking, book
from catalog.services.takeover import Goods, GoodsSku, take_over_products
from opsdesk.common.actors import SYSTEM
from opsdesk.demo.invoices import Invoices, level_bodies, order_body
from opsdesk.demo.rest import Rest
from opsdesk.shops.enums import Platform
from opsdesk.shops.models import Shop
from opsdesk.shops.services import create_shop

SHOP, WAREHOUSE, CURRENCY = "uk-gifts", "uk-01", "GBP"
CATEGORY = (("imported", "Imported"), ("imported-gifts", "Gifts"), ("imported-giftware", "Giftware"))
ORDERS_A_CALL, LEVELS_A_CALL = 200, 1000
_SHOWN = 10  # differences


@dataclass
class Report:
    """What was changed and what does not agree."""

    changed: int = 0
    lines: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def expect(self, what: str, found: object, wanted: object) -> None:
        """Keep a difference."""
        if found != wanted:
            self.differences.append(f"{what}: the system has {found}, the file {wanted}")


def prepare(invoices: Invoices, *, now: datetime) -> int:
    """Make the shop, its range and its opening stock where they are missing; returns how much was made.

    The opening stock of a file is all that the file takes out, so that no balance falls below zero on the way.
    """
    made = 0
    shop = Shop.objects.filter(code=SHOP).first()
    if shop is None:
        shop = create_shop(code=SHOP, name="UK gifts", platform=Platform.OWN, currency=CURRENCY, actor=SYSTEM, now=now)
        warehouse = create_warehouse(code=WAREHOUSE, name="London", region="UK", actor=SYSTEM, now=now)
        serve_shop(shop=shop, warehouse=warehouse, rank=1, actor=SYSTEM, now=now)
        category_path(path=CATEGORY, actor=SYSTEM, now=now)
        made += 1
    goods = [
        Goods(sku, title or sku, CATEGORY[-1][0], [GoodsSku(sku, price, alert_threshold=0)])
        for sku, (title, price) in sorted(invoices.skus.items())
    ]
    made += take_over_products(goods=goods, shops=[shop], actor=SYSTEM, now=now)
    return made + _open_stock(invoices, now)


def _open_stock(invoices: Invoices, now: datetime) -> int:
    ids = {sku.code: sku.id for sku in range_of(list(invoices.skus))}
    place = warehouses_by_code([WAREHOUSE], SYSTEM)[WAREHOUSE]
    bookings = [
        Booking(ids[code], place, pieces, f"opening:{invoices.digest}:{ids[code]}", f"opening-{invoices.digest}")
        for code, pieces in sorted(invoices.outgoing.items())
        if pieces
    ]
    return len(book(bookings, reason=MovementReason.OPENING, actor=SYSTEM, now=now))


def feed(invoices: Invoices, rest: Rest) -> Report:
    """Send everything through the bulk calls."""
    report = Report()
    orders = sorted((*invoices.sales, *invoices.credits), key=lambda one: (one.placed_at, one.number))
    bodies = [order_body(invoice, SHOP, CURRENCY) for invoice in orders]
    _send(bodies, ORDERS_A_CALL, lambda items: rest.post("bulk/orders/", items), report)
    levels = level_bodies(invoices.adjustments, WAREHOUSE)
    _send(levels, LEVELS_A_CALL, lambda items: rest.post("bulk/stock-levels/", items), report)
    return report


def _send(items: Sequence[dict[str, Any]], size: int, call: Callable[[dict[str, Any]], dict[str, Any]], report: Report) -> None:
    for start in range(0, len(items), size):
        chunk = items[start : start + size]
        answer = call({"policy": "ignore_failed", "items": chunk})
        for item, result in zip(chunk, answer["results"], strict=True):
            report.changed += result["status"] in ("created", "updated")
            if result["error"]:
                name = item.get("external_id") or item.get("key")
                report.differences.append(f"{name}: {result['error']['code']} {result['error']['errors'][:1]}")


def compare(invoices: Invoices, rest: Rest, report: Report) -> None:
    """Ask the system what it has of the file's invoices, and compare it with the file."""
    wanted = {invoice.number for invoice in (*invoices.sales, *invoices.credits)}
    orders = [order for order in rest.rows("orders/", shop=SHOP) if order["external_id"] in wanted]
    sales = [order for order in orders if order["kind"] == "sale"]
    notes = [order for order in orders if order["kind"] == "credit"]
    gross, credited = _sum(sales), _sum(notes)
    report.expect("sales", gross, invoices.gross)
    report.expect("net", gross - credited, invoices.net)
    for name, found, sent in (("sale", sales, invoices.sales), ("credit", notes, invoices.credits)):
        report.expect(f"{name} invoices", len(found), len(sent))
        report.expect(f"{name} lines", sum(len(order["lines"]) for order in found), sum(len(one.lines) for one in sent))
    corrections = [item["key"] for item in level_bodies(invoices.adjustments, WAREHOUSE)]
    moved = moved_for([*(order["id"] for order in orders), *corrections], WAREHOUSE)
    for sku, pieces in invoices.moved.items():
        report.expect(f"pieces moved of {sku}", moved.get(sku, 0), pieces)
    levels = list(rest.rows("stock-levels/", warehouse=WAREHOUSE))
    crooked = unbalanced().count()
    report.expect("balances that are not the sum of their movements", crooked, 0)
    report.lines += [
        f"sales {gross:,.2f} over {len(sales)}",
        f"credit notes {credited:,.2f} over {len(notes)}",
        f"net {gross - credited:,.2f}",
        f"stock corrections {len(corrections)}",
        f"balances {len(levels)}, of these not the sum of their movements: {crooked}",
        f"changed: {report.changed}",
    ]


def _sum(orders: Sequence[dict[str, Any]]) -> Decimal:
    return sum((Decimal(order["totals"]["payable"]) for order in orders), Decimal("0.00"))


def verdict(report: Report) -> list[str]:
    """What is printed at the end."""
    shown = report.differences[:_SHOWN]
    more = len(report.differences) - len(shown)
    return [*report.lines, *(f"DIFFERENT {line}" for line in shown), *([f"and {more} more"] if more else [])]
