"""Who is called next."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from support.enums.care import CallState
from support.models import CallBack, CallPlan, ProfileMember
from support.queries.care.profiles import buyers


def to_call(plan: CallPlan, now: datetime, *, since: datetime) -> Sequence[int]:
    """The keys of so many customers of the plan's segment as are called on one day: those with a telephone number whom nobody
    has planned to call since then or still has to call. A person who is several customers is called once. SOP: S16"""
    calls = CallBack.objects.filter(Q(planned_at__gt=since) | Q(state=CallState.PLANNED)).values("customer")
    people = ProfileMember.objects.filter(customer__in=calls).values("profile")
    spared = ProfileMember.objects.filter(profile__in=people).values("customer")
    reached = ProfileMember.objects.filter(customer__in=buyers(plan.segment, now).exclude(phone="").values("pk"))
    first = reached.filter(profile=OuterRef("profile"), pk__lt=OuterRef("pk"))
    doubles = ProfileMember.objects.filter(Exists(first)).values("customer")
    rows = buyers(plan.segment, now).exclude(phone="").exclude(pk__in=calls).exclude(pk__in=spared).exclude(pk__in=doubles)
    return list(rows.values_list("pk", flat=True)[: plan.a_day])


def planned_calls() -> list[int]:
    """The keys of the calls that have to be made, oldest first."""
    return list(CallBack.objects.filter(state=CallState.PLANNED).order_by("pk").values_list("pk", flat=True))
