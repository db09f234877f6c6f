"""The monthly ratings of carriers."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from orders.models import CarrierScore
from orders.parameters.carriers import MINIMUM
from orders.queries.carriers.scorecard import Period, figures_of, shares
from orders.rules.carriers.rating import points

_FIGURES = ["parcels", "due", "on_time", "stalled", "trouble", "delivered", "hours", "costed", "cost", "claims", "granted",
            "refused"]  # fmt: skip


def keep_last_month(*, now: datetime) -> int:
    """Rate every carrier by the parcels of the month that is over; answers how many. SOP: O11"""
    last = now.astimezone(SHOP_TIME).date().replace(day=1) - timedelta(days=1)
    return keep_month(month=last.replace(day=1), now=now)


@transaction.atomic(savepoint=False)
def keep_month(*, month: date, now: datetime) -> int:
    """Keep what was counted of a month, given by its first day; counting it again replaces it. Answers the number of carriers.

    SOP: O11
    """
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    minimum, scale = value(MINIMUM), shares()
    rows = [
        CarrierScore(carrier_id=key, month=month, points=points(one, scale, minimum=minimum), made_at=now, **asdict(one))
        for key, one in figures_of(Period(month, last), now=now).items()
    ]
    CarrierScore.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["carrier", "month"], update_fields=[*_FIGURES, "points", "made_at"]
    )
    return len(rows)
