"""The lines of a settlement, as its page, its paper and its table say them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models import SettlementBatch, SettlementRow

LINES = (
    ("goods", pgettext_lazy("settlement", "Goods"), "+"),
    ("shop_discount", _("Discount borne by the shop"), "−"),
    ("platform_discount", _("Discount borne by the platform, paid to us"), ""),
    ("freight", _("Freight"), "+"),
    ("prepaid", _("Paid for cancelled orders"), "+"),
    ("refunds", _("Refunds"), "−"),
    ("compensation", _("Compensation"), "−"),
    ("adjustment", _("Adjustments"), "+"),
    ("amount", _("Net amount"), "="),
)
HEADER = (
    _("Settlement"),
    _("Kind"),
    _("Order"),
    _("Platform number"),
    _("Time"),
    *(label for _name, label, _sign in LINES),
    _("Note"),
)


def lines_of(batch: SettlementBatch) -> list[dict[str, Any]]:
    """Label, sign and amount of each line."""
    return [{"name": name, "label": label, "sign": sign, "amount": getattr(batch, name)} for name, label, sign in LINES]


def cells(row: SettlementRow) -> list[Any]:
    """One row of the table."""
    order = row.order
    amounts = [getattr(row, name) for name, _label, _sign in LINES]
    number, external = (order.number, order.external_id) if order else ("", "")
    return [row.batch.number, row.get_kind_display(), number, external, row.at, *amounts, row.note]
