"""Who is called next."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from support.enums.care import CallState
from support.models import CallBack, CallPlan
from support.queries.care.profiles import buyers


def to_call(plan: CallPlan, now: datetime, *, since: datetime) -> Sequence[int]:
    """The keys of so many customers of the plan's segment as are called on one day: those with a telephone number whom nobody
    has planned to call since then. SOP: S16"""
    lately = CallBack.objects.filter(customer=OuterRef("pk"), planned_at__gt=since)
    rows = buyers(plan.segment, now).exclude(phone="").exclude(Exists(lately))
    return list(rows.values_list("pk", flat=True)[: plan.a_day])


def planned_calls() -> list[int]:
    """The keys of the calls that have to be made, oldest first."""
    return list(CallBack.objects.filter(state=CallState.PLANNED).order_by("pk").values_list("pk", flat=True))
