"""Writing where parcels are and until when their customers may confirm: one statement, whatever the number of rows."""

from collections.abc import Sequence

from django.db import connection

from orders.models import Order, Shipment


def write_progress(shipments: Sequence[Shipment]) -> None:
    """Write state, times and clock of locked parcels."""
    if not shipments:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_shipment s SET state = v.state, last_event_at = v.last_event_at, finished_at = v.finished_at, "
            "update_by = v.update_by, stalled_at = v.stalled_at "
            "FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[]) "
            "AS v(id, state, last_event_at, finished_at, update_by, stalled_at) WHERE s.id = v.id",
            [
                [row.pk for row in shipments],
                [str(row.state) for row in shipments],
                [row.last_event_at for row in shipments],
                [row.finished_at for row in shipments],
                [row.update_by for row in shipments],
                [row.stalled_at for row in shipments],
            ],
        )


def write_confirm_by(orders: Sequence[Order]) -> None:
    """Write the time to confirm of locked orders. SOP: O16"""
    if not orders:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order o SET confirm_by = v.confirm_by "
            "FROM unnest(%s::bigint[], %s::timestamptz[]) AS v(id, confirm_by) WHERE o.id = v.id",
            [[order.pk for order in orders], [order.confirm_by for order in orders]],
        )
