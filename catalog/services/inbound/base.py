"""What the services of this area share: numbers of documents, warehouses, and lines read from people's input."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalog.enums.selection import SupplierStatus
from catalog.models import Sku, Supplier, Warehouse
from catalog.queries.inbound.goods import scanned
from catalog.queries.stock import warehouses_visible_to
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

MOST_LINES = 500
MOST_PIECES = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """Pieces of a SKU, named by code or barcode."""

    sku: str
    quantity: int


def next_number(prefix: str, now: datetime) -> str:
    """The number of a new document, such as ``PO20260611-17``; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_document')")
        return f"{prefix}{now.astimezone(SHOP_TIME):%Y%m%d}-{cursor.fetchone()[0]}"


def require_warehouse(warehouse_id: int | None, actor: Actor, pointer: str = "/warehouse_id") -> Warehouse:
    """The warehouse, if the actor may know of it. Raises: Invalid."""
    found = warehouses_visible_to(actor).filter(pk=warehouse_id or 0).first()
    if found is None:
        raise refusal(Issue(pointer, "unknown_warehouse", mark("There is no such warehouse.")))
    return found


def require_supplier(name: str) -> Supplier:
    """The active supplier of that name. Raises: Invalid. SOP: C2"""
    found = active_supplier(name)
    if found is None:
        raise refusal(supplier_issue())
    return found


def active_supplier(name: str) -> Supplier | None:
    """The supplier of that name, unless it is suspended or nobody knows it."""
    return Supplier.objects.filter(name=name.strip(), status=SupplierStatus.ACTIVE).first()


def supplier_issue() -> Issue:
    """A supplier that nobody may order from."""
    return Issue("/supplier_name", "unknown_supplier", mark("There is no active supplier of this name."))


def find_lines(wanted: Sequence[Wanted], actor: Actor, known: Sequence[Issue] = ()) -> list[Sku]:
    """The SKU of each line, in their order.

    Raises: Invalid, with everything that is wrong with the lines, and what is known to be wrong already.
    """
    keys = scanned({one.sku for one in wanted}, actor)
    issues = [*known] if wanted else [*known, Issue("/lines", "empty", mark("At least one line is needed."))]
    if len(wanted) > MOST_LINES:
        issues.append(Issue("/lines", "too_many_items", mark("At most %(limit)s lines."), {"limit": MOST_LINES}))
    seen: set[int] = set()
    for number, one in enumerate(wanted):
        key = keys.get(one.sku)
        if key is None:
            issues.append(Issue(f"/lines/{number}/sku", "unknown_sku", mark("There is no such SKU.")))
        elif key in seen:
            issues.append(Issue(f"/lines/{number}/sku", "duplicate", mark("This SKU stands in another line already.")))
        if not 1 <= one.quantity <= MOST_PIECES:
            issues.append(quantity_issue(f"/lines/{number}/quantity"))
        seen.add(key or 0)
    if issues:
        raise refusal(*issues)
    found = Sku.objects.select_related("product").in_bulk(keys.values())
    return [found[keys[one.sku]] for one in wanted]


def quantity_issue(pointer: str) -> Issue:
    """A number of pieces that cannot be."""
    message, bounds = mark("It must lie between %(minimum)s and %(maximum)s."), {"minimum": 1, "maximum": MOST_PIECES}
    return Issue(pointer, "out_of_range", message, bounds)


def refusal(*issues: Issue) -> Invalid:
    """The refusal that names these issues."""
    return Invalid(issues[0].message, code=issues[0].code, issues=issues, **issues[0].params)
