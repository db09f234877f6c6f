"""Stock alerts: opened and ended by the scan, worked on by purchasing."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from catalog.enums.stock import AlertStatus
from catalog.models import Sku, StockAlert
from catalog.parameters.inbound import COVER_TIME, SALES_WINDOW
from catalog.parameters.stock import ALERT_HYSTERESIS, ALERT_RESPONSE, ALERT_THRESHOLD
from catalog.queries.alerts import Standing, standings
from catalog.queries.inbound.goods import on_order, sold_since
from catalog.queries.inbound.purchases import is_active_supplier, last_suppliers
from catalog.rules.alerts import ALERT_LIFECYCLE, is_out, is_replenished, is_timely
from catalog.rules.inbound.replenishment import proposed_quantity
from catalog.rules.stock import needs_reorder
from catalog.services.stock_news import lock_skus, tell
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value

KIND, LATE_KIND, SUBJECT = "catalog.stock_low", "catalog.stock_late", "stock_alert"
MOST_ORDERED = 1_000_000


@transaction.atomic
def scan_thresholds(*, now: datetime) -> int:
    """Open an alert for every SKU that has run short, call out what is sold out, end what is replenished, and ask for
    ordered goods that did not come.

    Sellable pieces of all warehouses together count. A fixed number of statements; running it again changes nothing.
    Returns how many alerts were opened or ended.
    SOP: C12, C18
    """
    with connection.cursor() as cursor:  # two scans at once would tell everything twice
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalog.scan_thresholds', 0))")
    found = standings(value(ALERT_THRESHOLD))
    hysteresis = value(ALERT_HYSTERESIS)
    short = [one for one in found if one.alert_id is None and needs_reorder(available=one.available, threshold=one.threshold)]
    sold_out = [one for one in found if one.alert_id and not one.told_out and is_out(available=one.available)]
    filled = [one for one in found if one.alert_id and _is_filled(one, hysteresis)]
    skus = {sku.pk: sku for sku in lock_skus([one.sku_id for one in (*short, *sold_out)])}
    _open(short, skus, now)
    _call_out(sold_out, skus, now)
    _end(filled, now)
    _ask_for_late_goods(now)
    return len(short) + len(filled)


def _open(short: Sequence[Standing], skus: dict[int, Sku], now: datetime) -> None:
    ids = [one.sku_id for one in short]
    proposals, suppliers = _proposals(short, now), last_suppliers(ids)
    alerts = [
        StockAlert(
            sku=skus[one.sku_id],
            threshold=one.threshold,
            available=one.available,
            proposed_quantity=proposals[one.sku_id],
            supplier_name=suppliers.get(one.sku_id, ""),
            opened_at=now,
            out_at=now if is_out(available=one.available) else None,
        )
        for one in short
    ]
    StockAlert.objects.bulk_create(alerts)
    due_at = now + value(ALERT_RESPONSE)
    raise_many(
        [
            Work(KIND, SUBJECT, alert.public_id, due_at, params={"sku": alert.sku.code, "available": alert.available})
            for alert in alerts
        ],
        now=now,
    )
    for type_, chosen in (
        ("stock.low", [alert for alert in alerts if not alert.out_at]),
        ("stock.out", [alert for alert in alerts if alert.out_at]),
    ):
        tell(
            type_,
            [
                (alert.sku, {"available": alert.available, "threshold": alert.threshold, "alert": alert.public_id})
                for alert in chosen
            ],
            now=now,
        )
    record_many(
        [
            Change("catalog.stock_alert_opened", SUBJECT, alert.public_id, after={"available": alert.available})
            for alert in alerts
        ],
        actor=SYSTEM,
        now=now,
    )


def _proposals(short: Sequence[Standing], now: datetime) -> dict[int, int]:
    """How many pieces purchasing is asked for, by SKU. SOP: C12"""
    ids, window = [one.sku_id for one in short], value(SALES_WINDOW)
    coming, sold = on_order(ids), sold_since(ids, now - window)
    hysteresis, cover = value(ALERT_HYSTERESIS), value(COVER_TIME)
    return {
        one.sku_id: proposed_quantity(
            sold=sold.get(one.sku_id, 0),
            sold_in_days=window.days,
            cover_days=cover.days,
            threshold=one.threshold,
            hysteresis=hysteresis,
            available=one.available,
            on_order=coming.get(one.sku_id, 0),
        )
        for one in short
    }


def end_replenished(sku_ids: Collection[int], *, now: datetime) -> None:
    """End the alerts of these SKUs at once where enough has come; the caller holds the SKUs' locks. SOP: C12"""
    hysteresis = value(ALERT_HYSTERESIS)
    found = standings(value(ALERT_THRESHOLD), sku_ids)
    _end([one for one in found if one.alert_id and _is_filled(one, hysteresis)], now)


def _is_filled(one: Standing, hysteresis: int) -> bool:
    return is_replenished(available=one.available, threshold=one.threshold, hysteresis=hysteresis)


def _call_out(sold_out: Sequence[Standing], skus: dict[int, Sku], now: datetime) -> None:
    StockAlert.objects.filter(pk__in=[one.alert_id for one in sold_out]).update(out_at=now)
    tell(
        "stock.out",
        [(skus[one.sku_id], {"available": one.available, "threshold": one.threshold}) for one in sold_out],
        now=now,
    )


def _end(filled: Sequence[Standing], now: datetime) -> None:
    alerts = lock_many(StockAlert.objects.filter(pk__in=[one.alert_id for one in filled], resolved_at=None))
    StockAlert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(status=AlertStatus.RESOLVED, resolved_at=now)
    ids = [alert.public_id for alert in alerts]
    for kind in (KIND, LATE_KIND):
        resolve(kind=kind, subject_ids=ids, outcome="replenished", actor=SYSTEM, now=now)
    record_many(
        [
            Change(
                "catalog.stock_alert_resolved",
                SUBJECT,
                alert.public_id,
                before={"status": alert.status},
                after={"status": AlertStatus.RESOLVED.value},
            )
            for alert in alerts
        ],
        actor=SYSTEM,
        now=now,
    )


def _ask_for_late_goods(now: datetime) -> None:
    """Ordered goods that did not come on their day are purchasing's work again."""
    today = now.astimezone(SHOP_TIME).date()
    alone = StockAlert.objects.filter(purchase_order=None, status=AlertStatus.ORDERED)  # others are late with their order
    late = alone.filter(expected_on__lt=today).select_related("sku").order_by("pk")
    due_at = now + value(ALERT_RESPONSE)
    raise_many(
        [
            Work(LATE_KIND, SUBJECT, alert.public_id, due_at, params={"sku": alert.sku.code, "day": f"{alert.expected_on}"})
            for alert in late
        ],
        now=now,
    )


@transaction.atomic
def acknowledge_alert(
    *, alert_id: int, quantity: int | None = None, supplier_name: str = "", actor: Actor, now: datetime
) -> StockAlert:
    """Accept a replenishment request: so many pieces, by default those proposed, from that supplier, by default the last
    one. Accepting again replaces it until it stands in a purchase order.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a number that cannot be), Conflict (it stands in an order).
    SOP: C12
    """
    alert = lock_one(StockAlert.objects.filter(pk=alert_id))
    step = ALERT_LIFECYCLE.enter("ack", alert.status, actor)
    if alert.purchase_order_id:
        raise Conflict(mark("It stands in a purchase order already."), code="already_in_an_order")
    if quantity is not None and not 1 <= quantity <= MOST_ORDERED:
        message = mark("It must lie between %(minimum)s and %(maximum)s.")
        bounds: dict[str, Any] = {"minimum": 1, "maximum": MOST_ORDERED}
        raise Invalid(message, issues=[Issue("/quantity", "out_of_range", message, bounds)], **bounds)
    if supplier_name and not is_active_supplier(supplier_name):
        message = mark("There is no active supplier of this name.")
        raise Invalid(message, issues=[Issue("/supplier_name", "unknown_supplier", message)])
    before, alert.status, alert.acked_at, alert.acked_by = alert.status, AlertStatus.ACKED, now, actor.label
    alert.accepted_quantity = quantity or alert.proposed_quantity or None
    alert.supplier_name = supplier_name.strip() or alert.supplier_name
    alert.save(update_fields=["status", "acked_at", "acked_by", "accepted_quantity", "supplier_name"])
    _record(step.name, alert, before, actor, now, quantity=alert.accepted_quantity, supplier=alert.supplier_name)
    return alert


@transaction.atomic
def order_replenishment(*, alert_id: int, quantity: int, expected_on: date, actor: Actor, now: datetime) -> StockAlert:
    """Note that goods are ordered: how many pieces, and the day they are expected. Ordering again replaces it.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing ordered, a day in the past), Conflict (a purchase
    order does it).
    SOP: C12
    """
    alert = lock_one(StockAlert.objects.filter(pk=alert_id))
    step = ALERT_LIFECYCLE.enter("order", alert.status, actor)
    if alert.purchase_order_id:
        raise Conflict(mark("It stands in a purchase order already."), code="already_in_an_order")
    issues = []
    if quantity < 1:
        issues.append(Issue("/quantity", "out_of_range", mark("At least one piece.")))
    if not is_timely(expected_on=expected_on, today=now.astimezone(SHOP_TIME).date()):
        issues.append(Issue("/expected_on", "date_out_of_range", mark("This day has passed.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    before, alert.status = alert.status, AlertStatus.ORDERED
    alert.ordered_at, alert.ordered_quantity, alert.expected_on = now, quantity, expected_on
    alert.save(update_fields=["status", "ordered_at", "ordered_quantity", "expected_on"])
    for kind in (KIND, LATE_KIND):
        resolve(kind=kind, subject_ids=[alert.public_id], outcome="ordered", actor=actor, now=now)
    _record(step.name, alert, before, actor, now, quantity=quantity, expected_on=expected_on.isoformat())
    return alert


def _record(step: str, alert: StockAlert, before: str, actor: Actor, now: datetime, **more: object) -> None:
    change = Change(
        f"catalog.stock_alert_{step}",
        SUBJECT,
        alert.public_id,
        before={"status": before},
        after={"status": alert.status, **more},
    )
    record(change, actor=actor, now=now)
