"""Writing what a repeated check of one order found."""

from collections.abc import Sequence

from orders.models import DeliveryAddress, Order, OrderCheck
from orders.rules.intake.checks import Finding
from orders.rules.intake.draft import DraftAddress

_PARTS = ("recipient", "phone", "province", "city", "district", "street", "postal_code")


def address_of(order: Order) -> DraftAddress | None:
    """Where the order goes, None when nobody has said."""
    row = DeliveryAddress.objects.filter(order=order).values(*_PARTS).first()
    return DraftAddress(**row) if row else None


def columns(address: DraftAddress) -> dict[str, str]:
    """The address as the columns of its row."""
    return {name: getattr(address, name) for name in _PARTS}


def changed_parts(old: DraftAddress | None, new: DraftAddress) -> list[str]:
    """The names of the parts that differ; the values are personal data."""
    before = old or DraftAddress()
    return [name for name in _PARTS if getattr(before, name) != getattr(new, name)]


def write(order: Order, findings: Sequence[Finding]) -> None:
    """Put these findings in the place of the old ones of the same checks. SOP: O2"""
    OrderCheck.objects.bulk_create(
        [OrderCheck(order=order, code=found.code, result=found.result, detail=dict(found.detail)) for found in findings],
        update_conflicts=True,
        unique_fields=["order", "code"],
        update_fields=["result", "detail"],
    )
