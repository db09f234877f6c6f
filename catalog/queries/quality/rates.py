"""The information error rate, counted over the audited fields, and the errors beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from catalog.enums.quality import AuditBasis
from catalog.models import AuditedField, ListingError
from catalog.rules.quality.rates import ErrorRate, error_rate

PERMILLE = 1000
BY_SPECIALIST, BY_SUPPLIER = "specialist_label", "supplier"


@dataclass(frozen=True)
class Line:
    """One specialist's or one supplier's figures; `name` is empty for all together. `known` counts the whole ledger."""

    name: str
    rate: ErrorRate
    known: int


def error_figures(*, since: datetime, until: datetime, permille: int, by: str = "") -> list[Line]:
    """The error rate of the random samples of a period: of all together, or by specialist or supplier.

    Two statements. Samples by risk are left out: they say nothing about the rest. SOP: C17
    """
    limit = permille / PERMILLE
    fields = AuditedField.objects.filter(basis=AuditBasis.RANDOM, checked_at__gte=since, checked_at__lt=until)
    counted = {"checked": Count("pk"), "errors": Count("pk", filter=Q(is_right=False))}
    if not by:
        total = fields.aggregate(**counted)
        known = ListingError.objects.filter(found_at__gte=since, found_at__lt=until).count()
        return [Line("", error_rate(checked=total["checked"], errors=total["errors"], limit=limit), known)]
    found = ListingError.objects.filter(found_at__gte=since, found_at__lt=until)
    ledger = Counter(dict(found.values_list(by).annotate(n=Count("pk")).order_by()))
    rows = {row[by]: row for row in fields.values(by).annotate(**counted).order_by()}
    return [
        Line(name, error_rate(checked=row["checked"], errors=row["errors"], limit=limit), ledger[name])
        for name in sorted({*rows, *ledger})
        for row in [rows.get(name, {"checked": 0, "errors": 0})]
    ]
