"""The demo company's orders: so many of each kind, spread over the days before today.

`SHARES` is the plan. `make_orders` answers the orders of each share by name, so that what happens to them next can be
done with them in turn.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from catalog.queries.range import SkuFacts
from opsdesk.common.actors import SYSTEM
from opsdesk.demo import statistics
from opsdesk.demo.later import Placed
from opsdesk.demo.names import Buyer, a_buyer
from opsdesk.duties.definitions import SHOP_TIME
from orders.services.intake.receiving import DraftAddress, DraftCustomer, DraftLine, DraftPayment, OrderDraft, receive_orders

BUYERS = 900
FREE_FREIGHT_FROM, FREIGHT = Decimal("59.00"), Decimal("8.00")
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_WEEK = 7  # days of orders after which the database takes a look at them
_METHODS = ("alipay", "wechat", "unionpay")
Shape = Callable[[OrderDraft], OrderDraft]


def as_it_is(draft: OrderDraft) -> OrderDraft:
    """A paid order with nothing to ask."""
    return draft


def unpaid(draft: OrderDraft) -> OrderDraft:
    """Waits for its payment."""
    return replace(draft, payment=DraftPayment("unpaid"))


def cash_on_delivery(draft: OrderDraft) -> OrderDraft:
    """Paid at the door."""
    return replace(draft, payment=DraftPayment("cod"))


def without_city(draft: OrderDraft) -> OrderDraft:
    """No parcel would arrive."""
    assert draft.address
    return replace(draft, address=replace(draft.address, province="", city=""))


def without_phone(draft: OrderDraft) -> OrderDraft:
    """The courier could not call."""
    assert draft.address
    return replace(draft, address=replace(draft.address, phone=""))


def without_district(draft: OrderDraft) -> OrderDraft:
    """Doubtful: somebody has to look."""
    assert draft.address
    return replace(draft, address=replace(draft.address, district=""))


def cheaper(draft: OrderDraft) -> OrderDraft:
    """Sold below the catalog's price: doubtful."""
    lines = [replace(draft.lines[0], unit_price=draft.lines[0].unit_price - 1), *draft.lines[1:]]
    return replace(draft, lines=lines, payable=sum((line.total for line in lines), draft.freight))


def far_cheaper(draft: OrderDraft) -> OrderDraft:
    """Sold at a third of the catalog's price: an unusual sign."""
    lines = [replace(draft.lines[0], unit_price=round(draft.lines[0].unit_price / 3, 2)), *draft.lines[1:]]
    payable = sum((line.total for line in lines), draft.freight)
    return replace(draft, lines=lines, payable=payable, payment=replace(draft.payment, amount=payable))


def history(draft: OrderDraft) -> OrderDraft:
    """Completed before the shop moved to opsdesk."""
    return replace(draft, historical=True)


@dataclass(frozen=True)
class Share:
    """So many orders of one kind, placed between `oldest` and `newest` ago."""

    name: str
    count: int
    oldest: timedelta
    newest: timedelta
    shape: Shape


SHARES = (
    Share("released", 50, timedelta(hours=20), timedelta(hours=3), as_it_is),
    Share("picking", 15, timedelta(hours=20), timedelta(hours=4), as_it_is),
    Share("packed", 30, timedelta(hours=20), timedelta(hours=5), as_it_is),
    Share("shipped", 60, timedelta(hours=40), timedelta(hours=12), as_it_is),
    Share("stalled", 8, timedelta(hours=100), timedelta(hours=80), as_it_is),
    Share("delivered", 40, timedelta(days=6), timedelta(days=3), as_it_is),
    Share("unconfirmed", 7, timedelta(days=14), timedelta(days=12), as_it_is),
    Share("completed", 60, timedelta(days=20), timedelta(days=8), as_it_is),
    Share("cancelled", 30, timedelta(days=3), timedelta(hours=2), as_it_is),
    Share("history", 1400, timedelta(days=60), timedelta(days=2), history),
    Share("doubtful", 3, timedelta(hours=20), timedelta(minutes=5), far_cheaper),
    Share("clean", 177, timedelta(hours=20), timedelta(minutes=5), as_it_is),
    Share("cash_on_delivery", 25, timedelta(hours=20), timedelta(minutes=5), cash_on_delivery),
    Share("unpaid", 35, timedelta(hours=20), timedelta(minutes=5), unpaid),
    Share("unpaid_too_long", 10, timedelta(hours=40), timedelta(hours=28), unpaid),
    Share("price_doubtful", 15, timedelta(hours=20), timedelta(minutes=5), cheaper),
    Share("district_missing", 15, timedelta(hours=20), timedelta(minutes=5), without_district),
    Share("address_missing", 10, timedelta(hours=20), timedelta(minutes=5), without_city),
    Share("phone_missing", 10, timedelta(hours=20), timedelta(minutes=5), without_phone),
)


def make_orders(*, shops: Sequence[str], skus: Sequence[SkuFacts], chance: Random, now: datetime) -> dict[str, list[Placed]]:
    """Take all orders of the plan in, a day at a time as if it were that day; the orders by the share's name."""
    buyers = [a_buyer(chance, number) for number in range(1, BUYERS + 1)]
    by_day: dict[str, list[tuple[str, OrderDraft]]] = defaultdict(list)
    for number, share in enumerate(one for one in SHARES for _ in range(one.count)):
        draft = share.shape(_draft(share, number, shops, skus, buyers, chance, now))
        by_day[f"{draft.placed_at:%Y-%m-%d}"].append((share.name, draft))
    found: dict[str, list[Placed]] = defaultdict(list)
    for number, day in enumerate(sorted(by_day)):
        if number % _WEEK == 1:
            statistics.refresh()
        drafts = sorted(by_day[day], key=lambda one: one[1].placed_at)
        at = min(drafts[-1][1].placed_at + _MINUTE, now)
        cases = receive_orders(drafts=[draft for _, draft in drafts], all_or_nothing=False, actor=SYSTEM, now=at)
        for (name, _), case in zip(drafts, cases, strict=True):
            if case.error:
                raise case.error
            if case.order:
                found[name].append(Placed(case.order.pk, case.draft.placed_at))
    return found


def _draft(
    share: Share,
    number: int,
    shops: Sequence[str],
    skus: Sequence[SkuFacts],
    buyers: Sequence[Buyer],
    chance: Random,
    now: datetime,
) -> OrderDraft:
    buyer, shop = buyers[int(chance.random() ** 2 * len(buyers))], chance.choices(shops, [3, 1])[0]
    placed_at = (now - share.newest - chance.random() * (share.oldest - share.newest)).astimezone(SHOP_TIME)
    placed_at = placed_at.replace(microsecond=0)
    chosen = [skus[int(chance.random() ** 2 * len(skus))] for _ in range(chance.choices((1, 2, 3), (70, 22, 8))[0])]
    lines = [
        DraftLine(sku.code, chance.choices((1, 2, 3), (80, 15, 5))[0], sku.selling_price)
        for sku in {sku.code: sku for sku in chosen}.values()
    ]
    goods = sum((line.total for line in lines), Decimal("0.00"))
    freight = Decimal("0.00") if goods >= FREE_FREIGHT_FROM else FREIGHT
    paid_at = placed_at + timedelta(seconds=chance.randint(5, 240))
    return OrderDraft(
        shop=shop,
        external_id=f"{shop.upper()}-{placed_at:%y%m%d}-{number:05d}",
        placed_at=placed_at,
        currency="CNY",
        payment=DraftPayment(
            "paid", goods + freight, chance.choice(_METHODS), f"P{chance.randrange(10**12):012d}", min(paid_at, now)
        ),
        lines=lines,
        payable=goods + freight,
        freight=freight,
        address=_address(buyer),
        customer=DraftCustomer(f"buyer-{buyer.number:04d}", buyer.name, buyer.phone),
    )


def _address(buyer: Buyer) -> DraftAddress:
    return DraftAddress(buyer.name, buyer.phone, buyer.province, buyer.city, buyer.district, buyer.street, buyer.postal_code)
