"""Reading a shop's invoice lines: sales, credit notes, and lines without a price, which are corrections of stock.

Columns: InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country.
"""

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
ZONE = ZoneInfo("Europe/London")  # the invoices' wall clock
CREDIT_START = "C"
_CENT = Decimal("0.01")
_GENERATED = 40  # invoices


@dataclass(frozen=True)
class Line:
    """One line; quantity and unit price as they stand in the file."""

    sku: str
    quantity: int
    price: Decimal


@dataclass
class Invoice:
    number: str
    placed_at: datetime
    customer: str
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """What the invoice adds to the turnover; negative for credit notes."""
        return sum((line.price * line.quantity for line in self.lines), Decimal("0.00"))

    @property
    def kind(self) -> str:
        """sale, credit or adjustment; empty for what is none of these."""
        if self.number.startswith(CREDIT_START):
            return "credit" if all(line.quantity < 0 <= line.price for line in self.lines) else ""
        if all(line.price == 0 for line in self.lines):
            return "adjustment" if all(line.quantity for line in self.lines) else ""
        return "sale" if all(line.quantity > 0 and line.price >= 0 for line in self.lines) else ""


@dataclass
class Invoices:
    """A file's invoices by kind, its SKUs with title and first price, and what could not be read."""

    digest: str
    sales: list[Invoice] = field(default_factory=list)
    credits: list[Invoice] = field(default_factory=list)
    adjustments: list[Invoice] = field(default_factory=list)
    skus: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """The sum of the sales."""
        return sum((invoice.total for invoice in self.sales), Decimal("0.00"))

    @property
    def net(self) -> Decimal:
        """Sales less credit notes."""
        return self.gross + sum((invoice.total for invoice in self.credits), Decimal("0.00"))

    @property
    def outgoing(self) -> Counter[str]:
        """Pieces that leave, by SKU: with so many to begin with no balance ever falls below zero."""
        gone: Counter[str] = Counter()
        for invoice in (*self.sales, *self.adjustments):
            gone.update({line.sku: 0 for line in invoice.lines})
            for line in invoice.lines:
                gone[line.sku] += line.quantity if invoice.kind == "sale" else max(-line.quantity, 0)
        return gone

    @property
    def moved(self) -> Counter[str]:
        """The change of each SKU's balance after everything."""
        change: Counter[str] = Counter()
        for invoice in (*self.sales, *self.credits):
            for line in invoice.lines:
                change[line.sku] -= line.quantity
        for invoice in self.adjustments:
            for line in invoice.lines:
                change[line.sku] += line.quantity
        return change


def read(path: Path) -> Invoices:
    """The invoices of a CSV file. Raises: ValueError, when a column is missing."""
    raw = path.read_bytes()
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    if missing := set(COLUMNS) - set(rows[0] if rows else ()):
        raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}")
    return sort_out(rows, hashlib.sha256(raw).hexdigest()[:12])


def sort_out(rows: Iterable[dict[str, Any]], digest: str) -> Invoices:
    """Group lines to invoices and these by kind; what is none of them is named in `left_out`."""
    found = Invoices(digest)
    by_number: dict[str, Invoice] = {}
    for number, row in enumerate(rows, start=2):
        try:
            _add(row, by_number, found)
        except (ValueError, InvalidOperation, TypeError):
            found.left_out.append(f"line {number}")
    target = {"sale": found.sales, "credit": found.credits, "adjustment": found.adjustments}
    for invoice in by_number.values():
        if invoice.kind:
            target[invoice.kind].append(invoice)
        else:
            found.left_out.append(f"invoice {invoice.number}")
    return found


def _add(row: dict[str, Any], by_number: dict[str, Invoice], found: Invoices) -> None:
    number, sku = row["InvoiceNo"].strip(), row["StockCode"].strip()
    price = Decimal(row["UnitPrice"])
    if not number or not sku or price != price.quantize(_CENT):
        raise ValueError
    line = Line(sku, int(row["Quantity"]), price.quantize(_CENT))
    placed_at = datetime.fromisoformat(row["InvoiceDate"]).replace(tzinfo=ZONE)
    customer = row["CustomerID"].strip().removesuffix(".0")
    by_number.setdefault(number, Invoice(number, placed_at, customer)).lines.append(line)
    title, first = found.skus.get(sku, ("", Decimal("0.00")))
    found.skus[sku] = (title or row["Description"].strip(), first or line.price)


def generated() -> Invoices:
    """Invoices of the same form, made up; always the same ones."""
    chance, rows = Random(20101201), []
    for number in range(_GENERATED):
        kind = chance.choices(("sale", "credit", "adjustment"), (80, 10, 10))[0]
        for _ in range(1 if kind == "adjustment" else chance.randint(1, 12)):
            goods = chance.randint(1, 25)
            quantity = chance.randint(1, 24)
            rows.append(
                {
                    "InvoiceNo": f"{CREDIT_START if kind == 'credit' else ''}{700000 + number}",
                    "StockCode": f"UK{goods:04d}",
                    "Description": f"SAMPLE GIFT No. {goods}",
                    "Quantity": str(-quantity if kind == "credit" or (kind == "adjustment" and number % 2) else quantity),
                    "InvoiceDate": f"2010-12-0{number % 3 + 1} {8 + number % 10:02d}:{number:02d}:00",
                    "UnitPrice": "0.0" if kind == "adjustment" else f"{goods * 0.35:.2f}",
                    "CustomerID": f"{12000 + number % 9}.0" if number % 3 else "",
                    "Country": "United Kingdom",
                }
            )
    return sort_out(rows, "generated")


def order_body(invoice: Invoice, shop: str, currency: str) -> dict[str, Any]:
    """The body of POST bulk/orders/ for a sale or a credit note: what came back is positive there."""
    body: dict[str, Any] = {
        "historical": True,
        "kind": invoice.kind,
        "shop": shop,
        "external_id": invoice.number,
        "placed_at": invoice.placed_at.isoformat(),
        "currency": currency,
        "payment": {"status": "paid"},
        "lines": [
            {"sku": line.sku, "quantity": abs(line.quantity), "unit_price": f"{line.price:.2f}"} for line in invoice.lines
        ],
    }
    return body | ({"customer": {"external_id": invoice.customer}} if invoice.customer else {})


def level_bodies(invoices: Sequence[Invoice], warehouse: str) -> list[dict[str, Any]]:
    """The items of POST bulk/stock-levels/ for lines without a price."""
    lines_of: dict[str, int] = defaultdict(int)
    items = []
    for invoice in invoices:
        for line in invoice.lines:
            lines_of[invoice.number] += 1
            key = f"{invoice.number}:{lines_of[invoice.number]}"
            items.append({"sku": line.sku, "warehouse": warehouse, "mode": "delta", "delta": line.quantity, "key": key})
    return items
