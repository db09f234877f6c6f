"""Which suppliers may be chosen, and the figures of their scorecards."""

from collections.abc import Iterable
from datetime import date

from catalog.enums.selection import DocumentKind, DocumentState, SupplierStatus
from catalog.models import Supplier, SupplierDocument
from catalog.parameters.selection import (
    REQUIRES_BRAND_AUTHORISATION,
    REQUIRES_BUSINESS_LICENCE,
    REQUIRES_PRODUCTION_LICENCE,
    REQUIRES_QUALITY_REPORT,
)
from catalog.rules.selection.qualification import lacking
from opsdesk.parameters.queries import value

_SWITCHES = {
    DocumentKind.BUSINESS_LICENCE: REQUIRES_BUSINESS_LICENCE,
    DocumentKind.PRODUCTION_LICENCE: REQUIRES_PRODUCTION_LICENCE,
    DocumentKind.QUALITY_REPORT: REQUIRES_QUALITY_REPORT,
    DocumentKind.BRAND_AUTHORISATION: REQUIRES_BRAND_AUTHORISATION,
}


def required_kinds() -> list[DocumentKind]:
    """The kinds of document that every supplier must have. SOP: C2"""
    return [kind for kind, switch in _SWITCHES.items() if value(switch)]


def lacking_of(documents: Iterable[SupplierDocument], *, today: date) -> list[DocumentKind]:
    """The required kinds of which there is no valid one among a supplier's documents. SOP: C2"""
    held = [(document.kind, document.expires_on) for document in documents if document.state == DocumentState.CURRENT]
    return [DocumentKind(kind) for kind in lacking(required=required_kinds(), held=held, today=today)]


def supplier_names() -> list[str]:
    """The names of the suppliers that listings may name, in order. SOP: C2, C5"""
    return list(Supplier.objects.filter(status=SupplierStatus.ACTIVE).order_by("name").values_list("name", flat=True))


def active_suppliers(*, today: date) -> list[tuple[Supplier, list[DocumentKind]]]:
    """Active suppliers by name, each with the required documents that it lacks; two statements. SOP: C2"""
    rows = Supplier.objects.filter(status=SupplierStatus.ACTIVE).prefetch_related("documents").order_by("name")
    return [(supplier, lacking_of(supplier.documents.all(), today=today)) for supplier in rows]
