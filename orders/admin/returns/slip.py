"""The return slip: what the customer puts into the parcel, and the warehouse scans and fills in."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from opsdesk.doors.admin.bars import code128
from orders.models import ReturnRequest


def slip_page(request: HttpRequest, row: ReturnRequest) -> HttpResponse:
    """The slip of one return, with its number in Code 128. SOP: O20, O21"""
    lines = list(row.lines.select_related("order_line", "policy").order_by("pk"))
    texts = dict.fromkeys(text for line in lines if line.policy for text in (line.policy.process, line.policy.notices) if text)
    context = {"row": row, "lines": lines, "texts": list(texts), "bars": code128(row.public_id, height=12.0, margin=2.0)}
    return TemplateResponse(request, "orders/returns/slip.html", context)
