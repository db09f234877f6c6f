"""An order beside the listing and the buyer's earlier orders: a fixed number of statements. SOP: O4"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.queries.offers import Offer, offers
from orders.enums.orders import OrderStatus
from orders.models import DeliveryAddress, Order, OrderLine, ReturnRequest
from orders.rules.intake import comparing
from orders.rules.intake.comparing import Place, Side

SHOWN = 10  # earlier orders, the newest first
_PLACE = ("province", "city", "district", "street")


@dataclass(frozen=True)
class Earlier:
    """The buyer's earlier orders in this shop: the last ones, and sums over them."""

    orders: list[Any]

    @property
    def average(self) -> Decimal:
        """What an order costs on average; nothing without one."""
        if not self.orders:
            return Decimal("0.00")
        return (sum((one.payable_amount for one in self.orders), Decimal(0)) / len(self.orders)).quantize(Decimal("0.01"))

    @property
    def returns(self) -> int:
        """How many returns were asked for."""
        return sum(one.asked_back for one in self.orders)

    @property
    def refunded(self) -> Decimal:
        """What went back."""
        return sum((one.refunded_amount for one in self.orders), Decimal("0.00"))


@dataclass(frozen=True)
class Compared:
    """All that the clerk sees of one order, and the fields in which something differs."""

    lines: list[Side]
    place: Place
    earlier: Earlier
    differing: list[str]


def version_of(order_id: int) -> int:
    """The version of the order as it stands now."""
    return Order.objects.values_list("version", flat=True).get(pk=order_id)


def compared(order: Order) -> Compared:
    """The order beside everything it is compared with. SOP: O4"""
    address = DeliveryAddress.objects.filter(order=order).first() or DeliveryAddress(order=order)
    rows = list(order.lines.select_related("listing_revision").order_by("position"))
    known = offers({row.sku_code for row in rows}, set())
    earlier = Earlier(list(_earlier(order, address)[:SHOWN]))
    usual = _usual([one.pk for one in earlier.orders])
    lines = [_side(row, known.get(row.sku_code), usual.get(row.sku_id, 0)) for row in rows]
    place = _place(address, earlier)
    checks = {check.code: (check.result, check.detail) for check in order.checks.all()}
    return Compared(lines, place, earlier, comparing.differing(lines, place, checks))


def _earlier(order: Order, address: DeliveryAddress) -> QuerySet[Any]:
    """Of the same buyer, or of the same phone when the shop does not say who buys."""
    who = Q(customer=order.customer_id) if order.customer_id else Q(address__phone=address.phone or "-")
    returns = ReturnRequest.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(n=Count("pk"))
    rows = Order.objects.filter(who, shop=order.shop_id, pk__lt=order.pk).exclude(status=OrderStatus.CANCELLED)
    return rows.select_related("address").annotate(asked_back=Coalesce(Subquery(returns.values("n")), 0)).order_by("-pk")


def _usual(order_ids: list[int]) -> dict[int, int]:
    rows = OrderLine.objects.filter(order__in=order_ids).values("sku").annotate(most=Max("quantity"))
    return dict(rows.values_list("sku", "most"))


def _side(row: Any, offer: Offer | None, usual: int) -> Side:
    seen = row.listing_revision
    prices = [one.get("price") for one in seen.skus if one.get("sku") == row.sku_code] if seen else []
    return Side(
        sku=row.sku_code,
        title=row.title,
        options=row.options,
        quantity=row.quantity,
        unit_price=row.unit_price,
        listed_title=offer.title if offer else None,
        listed_options=offer.options if offer else {},
        listed_prices=offer.prices if offer else (),
        seen_title=seen.title if seen else "",
        seen_price=Decimal(prices[0]) if prices and prices[0] else None,
        usual_quantity=usual,
    )


def _place(address: DeliveryAddress, earlier: Earlier) -> Place:
    used = [one.address for one in earlier.orders if hasattr(one, "address")]
    here = tuple(getattr(address, part) for part in _PLACE)
    return Place(
        written=sorted(address.written),
        new_address=bool(used) and here not in {tuple(getattr(one, part) for part in _PLACE) for one in used},
        new_phone=bool(used) and address.phone not in {one.phone for one in used},
    )
