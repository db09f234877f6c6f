"""What orders know of customers, for those who look after them; personal data is masked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.models import Customer, Order, OrderLine, ReturnRequest
from orders.rules.masking import mask_name, mask_phone

RECENT, TOGETHER = 20, timedelta(days=365)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Identity:
    """A customer of one shop, as those see them who need not know all."""

    public_id: str
    shop: str
    shop_id: int
    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Bought:
    """A product and how many pieces of it."""

    code: str
    title: str
    pieces: int


@dataclass(frozen=True)
class Card:
    """What some customers bought: test orders and cancelled ones do not count. `spent` is after refunds."""

    orders: int
    spent: Decimal
    refunded: Decimal
    returns: int
    first_at: datetime | None
    last_at: datetime | None
    favourites: Sequence[Bought]
    recent: Sequence[Order]

    @property
    def mean(self) -> Decimal:
        """What an order is worth on the average."""
        return (self.spent / self.orders).quantize(_CENT) if self.orders else Decimal("0.00")


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers of the shops that the actor sees."""
    rows = Customer.objects.select_related("shop")
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def identities(customer_ids: Collection[int], actor: Actor) -> Sequence[Identity]:
    """Who they are, masked; those of other shops are left out."""
    return [
        Identity(row.public_id, row.shop.code, row.shop_id, mask_name(row.name), mask_phone(row.phone), _mask_email(row.email))
        for row in visible_customers(actor).filter(pk__in=customer_ids).order_by("pk")
    ]


def card(customer_ids: Collection[int], actor: Actor) -> Card:
    """What these customers bought in the actor's shops. Four statements. SOP: S15"""
    mine = Order.objects.filter(customer__in=customer_ids, is_test=False).exclude(status=OrderStatus.CANCELLED)
    if actor.shop_ids is not None:
        mine = mine.filter(shop__in=actor.shop_ids)
    zero = Decimal("0.00")
    found = mine.aggregate(
        n=Count("pk"), paid=Sum("paid_amount"), back=Sum("refunded_amount"), first=Min("placed_at"), last=Max("placed_at")
    )
    lines = OrderLine.objects.filter(order__in=mine.values("pk"))
    top = lines.values(code=F("sku__product__code"), name=F("sku__product__title")).annotate(pieces=Sum("quantity"))
    back = found["back"] or zero
    return Card(
        orders=found["n"],
        spent=(found["paid"] or zero) - back,
        refunded=back,
        returns=ReturnRequest.objects.filter(order__in=mine.values("pk")).count(),
        first_at=found["first"],
        last_at=found["last"],
        favourites=[Bought(row["code"], row["name"], row["pieces"]) for row in top.order_by("-pieces", "code")[:5]],
        recent=list(mine.select_related("shop").order_by("-pk")[:RECENT]),
    )


def bought_together(customer_ids: Collection[int], *, most: int, now: datetime) -> Sequence[Bought]:
    """Live products that the buyers of what these customers bought took as well within a year, the most bought first, without
    those that they have. SOP: S15
    """
    theirs = OrderLine.objects.filter(order__customer__in=customer_ids, order__is_test=False)
    have = list(theirs.order_by("-pk").values_list("sku__product", flat=True)[:50])
    others = Order.objects.filter(placed_at__gte=now - TOGETHER, is_test=False, lines__sku__product__in=have)
    alike = others.exclude(customer__in=customer_ids).order_by("-pk").values("pk")[:500]
    lines = OrderLine.objects.filter(order__in=alike, sku__product__status="live").exclude(sku__product__in=have)
    top = lines.values(code=F("sku__product__code"), name=F("sku__product__title")).annotate(pieces=Sum("quantity"))
    return [Bought(row["code"], row["name"], row["pieces"]) for row in top.order_by("-pieces", "code")[:most]]


def buyers_like(
    *, shop_id: int, since: datetime, min_orders: int, min_spend: Decimal, product_id: int | None
) -> QuerySet[Customer]:
    """The shop's buyers who ordered since then, so often and for so much at least. SOP: S16, S17"""
    orders = Order.objects.filter(shop=shop_id, placed_at__gte=since, is_test=False, customer__isnull=False)
    orders = orders.exclude(status=OrderStatus.CANCELLED)
    if product_id is not None:
        orders = orders.filter(pk__in=OrderLine.objects.filter(sku__product=product_id).values("order"))
    sums = orders.order_by().values("customer").annotate(n=Count("pk"), paid=Sum(F("paid_amount") - F("refunded_amount")))
    chosen = sums.filter(Q(n__gte=min_orders) & Q(paid__gte=min_spend)).values("customer")
    return Customer.objects.filter(pk__in=chosen).order_by("pk")


def _mask_email(email: str) -> str:
    name, at, host = email.partition("@")
    return f"{name[:1]}***@{host}" if at else ""
