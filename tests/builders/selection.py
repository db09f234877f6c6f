"""Suppliers, selection lists and what the market tells."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from catalog.enums.selection import ComplaintRecord, DocumentKind
from catalog.models import CompetitorProduct, SelectionLine, SelectionList, Supplier, SupplierDocument
from catalog.services.selection.competitors import CompetitorDetails, add_competitor
from catalog.services.selection.documents import Paper, add_document
from catalog.services.selection.lines import LineDetails, add_line
from catalog.services.selection.lists import ListDetails, create_list, submit_list
from catalog.services.selection.suppliers import SupplierDetails, add_supplier
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from tests.builders.accounts import an_actor
from tests.builders.catalog import a_category
from tests.builders.times import NOW

TODAY = date(2026, 6, 11)
_serial = count(1)


def a_supplier(code: str = "", *, expires_on: date | None = None, qualified: bool = True) -> Supplier:
    """A supplier with every required document; the quality report expires on that day."""
    code = code or f"sup-{next(_serial)}"
    supplier = add_supplier(code=code, details=SupplierDetails(f"Supplier {code}"), actor=SYSTEM, now=NOW)
    if qualified:
        a_document(supplier, DocumentKind.BUSINESS_LICENCE)
        a_document(supplier, DocumentKind.QUALITY_REPORT, expires_on=expires_on)
    return supplier


def a_document(
    supplier: Supplier, kind: str = DocumentKind.QUALITY_REPORT, *, number: str = "", expires_on: date | None = None
) -> SupplierDocument:
    """A document that was issued a year ago."""
    paper = Paper(number or f"NO-{next(_serial)}", TODAY - timedelta(days=365), expires_on)
    return add_document(supplier_id=supplier.pk, kind=kind, paper=paper, actor=SYSTEM, now=NOW)


def a_selection_list(actor: Actor | None = None, *, title: str = "Summer", target: str = "300000") -> SelectionList:
    """A draft without lines, begun by a product specialist."""
    details = ListDetails(title, date(2026, 7, 1), date(2026, 9, 30), Decimal(target))
    return create_list(details=details, actor=actor or an_actor(Role.PRODUCT_SPECIALIST), now=NOW)


def line_details(**changes: Any) -> LineDetails:
    """A line against which nothing speaks."""
    values: dict[str, Any] = {
        "idea": "Folding flask",
        "category_id": a_category().pk,
        "platforms": ("tmall",),
        "expected_monthly_sales": 400,
        "turnover_days": 30,
        "cost": Decimal(60),
        "price": Decimal(120),
        "competitor_price": Decimal(130),
        "demand_score": 4,
        "quality_score": 5,
        "supplier_score": 3,
        "margin_score": 4,
        "quality_standard": "GB/T 29606",
        "complaint_record": ComplaintRecord.NONE,
    }
    values |= changes
    if "supplier_id" not in values:
        values["supplier_id"] = a_supplier().pk
    return LineDetails(**values)


def a_selection_line(selection: SelectionList | None = None, **changes: Any) -> SelectionLine:
    """A good line on a draft list."""
    chosen = selection or a_selection_list()
    return add_line(list_id=chosen.pk, details=line_details(**changes), actor=SYSTEM, now=NOW)


def a_submitted_line(**changes: Any) -> SelectionLine:
    """The only line of a list that waits for the product supervisor."""
    line = a_selection_line(**changes)
    submit_list(list_id=line.selection_id, actor=SYSTEM, now=NOW)
    return line


def a_competitor(sku: str = "", **changes: Any) -> CompetitorProduct:
    """A competitor's product beside a SKU of ours."""
    values: dict[str, Any] = {
        "name": "Their flask",
        "platform": "tmall",
        "url": f"https://shop.example.com/{next(_serial)}",
        "sku": sku,
    }
    if not sku:
        values["category_id"] = a_category().pk
    return add_competitor(details=CompetitorDetails(**(values | changes)), actor=SYSTEM, now=NOW)


LIST_FORM = {"title": "Summer", "starts_on": "2026-07-01", "ends_on": "2026-09-30", "sales_target": "300000"}


def line_form(**changes: Any) -> dict[str, Any]:
    """A good line as the browser's form sends it."""
    return {
        "idea": "Folding flask",
        "category_id": a_category().pk,
        "platforms": ["tmall"],
        "expected_monthly_sales": 400,
        "turnover_days": 30,
        "cost": "60",
        "price": "120",
        "competitor_price": "130",
        "trend_note": "rising",
        "sources": "report\nshop page",
        "demand_score": 4,
        "quality_score": 5,
        "supplier_score": 3,
        "margin_score": 4,
        "quality_standard": "GB/T 29606",
        "complaint_record": "none",
    } | changes
