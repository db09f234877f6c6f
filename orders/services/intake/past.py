"""What is known of the buyers of orders that come in. SOP: O4, O5"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from opsdesk.parameters.queries import value
from orders.parameters import intake as numbers
from orders.queries.intake.past import Ask, past_of
from orders.rules.intake.doubts import Thresholds
from orders.services.intake.case import Case


def thresholds() -> Thresholds:
    """From when on something is doubtful, as the parameters say now."""
    return Thresholds(
        window=value(numbers.REPEAT_WINDOW),
        phone=value(numbers.REPEAT_PHONE),
        address=value(numbers.REPEAT_ADDRESS),
        duplicate=value(numbers.DUPLICATE_WINDOW),
        odd_price=value(numbers.ODD_PRICE),
        usual_factor=value(numbers.USUAL_FACTOR),
        usual_orders=value(numbers.USUAL_ORDERS),
    )


def look_back(cases: Sequence[Case]) -> None:
    """Tell every open case what came before it: what stands in the books, in one statement, and in the batch itself.

    SOP: O4, O5
    """
    waiting = [case for case in cases if case.open and not case.draft.historical]
    if not waiting:
        return
    limits = thresholds()
    asks = [_ask(case) for case in waiting]
    for case, past in zip(waiting, past_of(asks, limits), strict=True):
        case.past = past
    _count_batch(waiting, asks, limits)


def _ask(case: Case) -> Ask:
    assert case.shop
    address, buyer = case.draft.address, case.draft.customer
    return Ask(
        shop=case.shop.pk,
        buyer=buyer.external_id if buyer else "",
        phone=address.phone if address else "",
        city=address.city if address else "",
        street=address.street if address else "",
        lines=case.prints["/lines"],
        placed_at=case.draft.placed_at,
    )


def _count_batch(cases: Sequence[Case], asks: Sequence[Ask], limits: Thresholds) -> None:
    """Orders of the same batch count as well: each sees those before it."""
    phones = _Recent(limits.window, limits.phone)
    places = _Recent(limits.window, limits.address)
    contents: dict[Hashable, tuple[datetime, str]] = {}
    for case, ask in zip(cases, asks, strict=True):
        past = case.past
        if ask.phone:
            past = replace(past, phone=past.phone + phones.before((ask.shop, ask.phone), ask.placed_at))
        if ask.street:
            key = (ask.shop, ask.city, ask.street)
            past = replace(past, address=past.address + places.before(key, ask.placed_at))
        if who := ask.buyer or ask.phone:
            content = (ask.shop, who, ask.lines)
            twin = contents.get(content)
            if twin and not past.duplicate_of and abs(twin[0] - ask.placed_at) <= limits.duplicate:
                past = replace(past, duplicate_of=twin[1])
            contents[content] = (ask.placed_at, case.draft.external_id)
        case.past = past


class _Recent:
    """The last moments of each key, as many as it takes to be too many."""

    def __init__(self, window: timedelta, most: int) -> None:
        self.window = window
        self.moments: dict[Hashable, deque[datetime]] = defaultdict(lambda: deque(maxlen=most))

    def before(self, key: Hashable, moment: datetime) -> int:
        """How many moments of the key lie within the window of this one, which is noted down."""
        seen = self.moments[key]
        found = _within(seen, moment, self.window)
        seen.append(moment)
        return found


def _within(moments: Iterable[datetime], moment: datetime, window: timedelta) -> int:
    return sum(abs(one - moment) <= window for one in moments)
