"""Named reads of interceptions."""

from orders.models import Interception
from orders.rules.tracking.interception import OPEN


def open_of(order_id: int) -> int:
    """The key of the order's newest open interception. Raises: Interception.DoesNotExist."""
    rows = Interception.objects.filter(order=order_id, state__in=OPEN)
    return rows.order_by("id").values_list("pk", flat=True).reverse()[:1].get()
