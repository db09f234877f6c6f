"""What becomes of replenishment requests when their purchase order is sent, given up or closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from catalog.enums.stock import AlertStatus
from catalog.models import StockAlert
from catalog.parameters.stock import ALERT_RESPONSE
from catalog.services.alerts import KIND, SUBJECT
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value


def mark_ordered(order_id: int, lines: Mapping[int, tuple[int, date]], *, actor: Actor, now: datetime) -> None:
    """The requests of a purchase order are ordered: so many pieces, expected on that day, by SKU. SOP: C12"""
    alerts = lock_many(StockAlert.objects.filter(purchase_order=order_id, status=AlertStatus.ACKED).select_related("sku"))
    gone = [alert for alert in alerts if alert.sku_id not in lines]  # taken out of the order by hand
    alerts = [alert for alert in alerts if alert.sku_id in lines]
    StockAlert.objects.filter(pk__in=[alert.pk for alert in gone]).update(purchase_order=None)
    _record("catalog.stock_alert_order", alerts, AlertStatus.ORDERED, actor, now)
    for alert in alerts:
        alert.status, alert.ordered_at = AlertStatus.ORDERED, now
        alert.ordered_quantity, alert.expected_on = lines[alert.sku_id]
    StockAlert.objects.bulk_update(alerts, ["status", "ordered_at", "ordered_quantity", "expected_on"])
    ids = [alert.public_id for alert in alerts]
    resolve(kind=KIND, subject_ids=ids, outcome="ordered", actor=actor, now=now)


def reopen_requests(order_id: int, *, actor: Actor, now: datetime) -> None:
    """The purchase order brings nothing more: what is still short waits for purchasing again. SOP: C12"""
    open_ = StockAlert.objects.filter(purchase_order=order_id, resolved_at=None).select_related("sku")
    alerts = lock_many(open_)
    StockAlert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(
        status=AlertStatus.ACKED, purchase_order=None, ordered_at=None, ordered_quantity=None, expected_on=None
    )
    due_at = now + value(ALERT_RESPONSE)
    params = [{"sku": alert.sku.code, "available": alert.available} for alert in alerts]
    works = [Work(KIND, SUBJECT, alert.public_id, due_at, params=one) for alert, one in zip(alerts, params, strict=True)]
    raise_many(works, now=now)
    _record("catalog.stock_alert_reopened", alerts, AlertStatus.ACKED, actor, now)


def _record(action: str, alerts: Sequence[StockAlert], after: AlertStatus, actor: Actor, now: datetime) -> None:
    changes = [
        Change(action, SUBJECT, alert.public_id, before={"status": str(alert.status)}, after={"status": after.value})
        for alert in alerts
    ]
    record_many(changes, actor=actor, now=now)
