"""The rows of goods on the page: what they are, what they cost now, and how many can be promised. SOP: O1"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from catalog.queries.lookup import Found, find_skus
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.words import say
from orders.queries.manual.goods import available_in
from orders.services.manual import quoting

MOST = 8  # SKUs that are offered for one text


@dataclass
class Row:
    """One row as it is shown. `price` is the catalogue's now; `offered` are the SKUs that the text may mean."""

    text: str = ""
    code: str = ""
    title: str = ""
    price: Decimal | None = None
    available: int | None = None
    amount: Decimal | None = None
    short: bool = False
    problem: str = ""
    offered: list[Found] = field(default_factory=list)


def look(data: QueryDict, count: int, *, actor: Actor, now: datetime, choose: bool) -> list[Row]:
    """Every row with what is known of its goods. With `choose`, a text that means one SKU becomes its code."""
    rows = [Row(data.get(f"sku_{index}", "").strip()[:120]) for index in range(count)]
    for index, row in enumerate(rows):
        found = find_skus(row.text, limit=MOST)
        if len(found) == 1:
            row.code, row.title = found[0].code, _title(found[0])
            if choose:
                data[f"sku_{index}"] = row.code
        row.offered = found if len(found) > 1 else []
    shop = data.get("shop", "")
    _price(rows, shop, actor, now)
    stock = available_in(shop, {row.code for row in rows if row.code}, actor)
    for index, row in enumerate(rows):
        row.available = stock.get(row.code)
        _count(row, data.get(f"quantity_{index}", ""), data.get(f"price_{index}", ""))
    return rows


def _price(rows: list[Row], shop: str, actor: Actor, now: datetime) -> None:
    """The quote of everything; where it is refused, of each row by itself, so that the others still have their price."""
    named = [row for row in rows if row.code]
    if not named:
        return
    try:
        prices = quoting.unit_prices(shop, [(row.code, 1) for row in named], actor=actor, now=now)
        for row in named:
            row.price = prices[row.code]
    except DomainError as refusal:
        for issue in refusal.issues:
            parts = issue.pointer.strip("/").split("/")
            if parts[0] == "lines" and int(parts[1]) < len(named):
                named[int(parts[1])].problem = say(issue.message, issue.params)
        fine = [row for row in named if not row.problem]
        if len(fine) < len(named):
            _price(fine, shop, actor, now)


def _count(row: Row, quantity: str, price: str) -> None:
    pieces = int(quantity) if quantity.isascii() and quantity.isdigit() and len(quantity) <= len("1000000") else 0
    if row.price is None or not pieces:
        return
    row.amount = _number(price, row.price) * pieces
    row.short = row.available is not None and pieces > row.available


def _number(text: str, otherwise: Decimal) -> Decimal:
    try:
        found = Decimal(text.strip()) if text.strip() else otherwise
    except InvalidOperation:
        return otherwise
    return found if found.is_finite() and abs(found) < Decimal(10) ** 10 else otherwise


def _title(found: Found) -> str:
    options = ", ".join(str(value) for value in found.options.values())
    return f"{found.title} ({options})" if options else found.title
