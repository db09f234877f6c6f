"""The rounds of a month, as the proof of coverage shows them."""

from datetime import date, datetime, timedelta
from typing import Any

from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.models import Shop
from orders.enums.rounds import RoundSlot
from orders.models import CheckRound
from orders.queries.rounds import with_coverage
from orders.rules.coverage import Coverage, Slot, coverage


def month_of(shop: Shop, *, month: date, now: datetime) -> Coverage:
    """All rounds that were due in a shop's month up to now; days before its first round are left out. One statement.

    SOP: O3
    """
    local = now.astimezone(SHOP_TIME)
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    rows = with_coverage(CheckRound.objects.filter(shop=shop, day__gte=month, day__lte=last)).select_related("signed_by")
    slots = [_slot(row) for row in rows.order_by("expected_at")]
    if not slots:
        return Coverage([])
    present = month <= local.date() <= last
    passed = [slot for slot in RoundSlot.values if slot <= f"{local:%H:%M}"] if present else []
    until = local.date() if present else last
    if present and not passed:
        until -= timedelta(days=1)
    return coverage(slots, first=slots[0].day, until=until, last_slot=passed[-1] if passed else "")


def _slot(row: Any) -> Slot:
    signed_by = row.signed_by.get_username() if row.signed_by else ""
    return Slot(row.day, row.slot, row.state, row.late, row.total, row.decided, row.rolled, signed_by, row.pk)
