"""Profiles of customers, as screens and services ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.parameters.queries import value
from orders.queries.customers import (
    Bought,
    Card,
    Identity,
    bought_together,
    buyers_like,
    card,
    identities,
    visible_customers,
)
from support.models import (
    BroadcastCopy,
    CallBack,
    CustomerProfile,
    ProductReview,
    ProfileMember,
    Promise,
    Segment,
    Survey,
    Ticket,
)
from support.parameters.care import RECOMMENDED
from support.queries.tickets.finding import visible_to as visible_tickets

LAST, DAY = 10, timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """All that the actor may see of a customer. Without a profile nothing was written down of them yet."""

    profile: CustomerProfile | None
    customer_ids: Sequence[int]
    identities: Sequence[Identity]
    card: Card
    tickets: Sequence[Ticket]
    promises: Sequence[Promise]
    surveys: Sequence[Survey]
    reviews: Sequence[ProductReview]
    calls: Sequence[CallBack]
    broadcasts: Sequence[BroadcastCopy]
    recommended: Sequence[Bought]


def visible_to(actor: Actor) -> QuerySet[CustomerProfile]:
    """The profiles of those who bought in a shop that the actor sees."""
    rows = CustomerProfile.objects.filter(merged_into=None)
    return rows if actor.shop_ids is None else rows.filter(members__customer__shop__in=actor.shop_ids).distinct()


def customer_of(public_id: str, actor: Actor) -> int:
    """The key of the customer with this public id. Raises: NotFound."""
    key = visible_customers(actor).filter(public_id=public_id).values_list("pk", flat=True).first()
    if key is None:
        raise NotFound()
    return key


def profile_of(customer_id: int) -> CustomerProfile | None:
    """The profile of a customer."""
    return CustomerProfile.objects.filter(members__customer=customer_id).first()


def members_of(customer_id: int) -> list[int]:
    """All customers who are this person."""
    profile = ProfileMember.objects.filter(customer=customer_id).values("profile")
    return list(ProfileMember.objects.filter(profile__in=profile).values_list("customer", flat=True)) or [customer_id]


def person(customer_id: int, actor: Actor, now: datetime) -> Person:
    """What is known of a customer, with a fixed number of statements. SOP: S15"""
    keys = members_of(customer_id)
    mine = visible_customers(actor).filter(pk__in=keys).values("pk")
    profile = profile_of(customer_id)
    promises = Promise.objects.filter(ticket__customer__in=mine).select_related("ticket")
    reviews = ProductReview.objects.filter(order__customer__in=mine).select_related("product")
    return Person(
        profile=profile,
        customer_ids=keys,
        identities=identities(keys, actor),
        card=card(keys, actor),
        tickets=list(visible_tickets(actor).filter(customer__in=mine).order_by("-pk")[:LAST]),
        promises=list(promises.order_by("-pk")[:LAST]),
        surveys=list(Survey.objects.filter(customer__in=mine).order_by("-pk")[:LAST]),
        reviews=list(reviews.order_by("-pk")[:LAST]),
        calls=list(CallBack.objects.filter(customer__in=mine).select_related("plan").order_by("-pk")[:LAST]),
        broadcasts=_copies(profile) if profile else [],
        recommended=bought_together(keys, most=value(RECOMMENDED), now=now),
    )


def _copies(profile: CustomerProfile) -> Sequence[BroadcastCopy]:
    rows = BroadcastCopy.objects.filter(Q(profile=profile) | Q(profile__merged_into=profile))
    return list(rows.select_related("broadcast").order_by("-pk")[:LAST])


def recommended(customer_id: int, now: datetime) -> Sequence[Bought]:
    """What to offer a customer. SOP: S15"""
    return bought_together(members_of(customer_id), most=value(RECOMMENDED), now=now)


def buyers(segment: Segment, now: datetime) -> QuerySet[Any]:
    """The customers of a segment. SOP: S16, S17"""
    rows = buyers_like(
        shop_id=segment.shop_id,
        since=now - segment.bought_within_days * DAY,
        min_orders=segment.min_orders,
        min_spend=segment.min_spend,
        product_id=segment.product_id,
    )
    if not segment.tag:
        return rows
    tagged = ProfileMember.objects.filter(profile__tags__contains=[segment.tag]).values("customer")
    return rows.filter(pk__in=tagged)


def readers(segment: Segment, channel: str, now: datetime, *, rest_since: datetime) -> QuerySet[ProfileMember]:
    """Who of a segment allows to be written to by this channel and got nothing since then, one for each person. SOP: S17"""
    allowed = Q(profile__allows_email=True) & ~Q(customer__email="")
    if channel == "sms":
        allowed = Q(profile__allows_sms=True) & ~Q(customer__phone="")
    copies = BroadcastCopy.objects.filter(sent_at__gt=rest_since)
    lately = copies.values(person=Coalesce("profile__merged_into", "profile"))
    rows = ProfileMember.objects.filter(allowed, customer__in=buyers(segment, now).values("pk")).exclude(profile__in=lately)
    return rows.select_related("customer", "profile").order_by("profile", "pk").distinct("profile")
