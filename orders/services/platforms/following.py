"""A newer export of a known order: what changed there is done here, by the services that everybody uses. SOP: O1, O18"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.text import mark
from opsdesk.imports.enums import Outcome
from orders.enums.orders import HoldCode
from orders.enums.platforms import GoingBack, ProblemKind
from orders.models import DeliveryAddress, Order, OrderHold
from orders.queries import platforms as queries
from orders.rules.intake.addresses import normalise
from orders.rules.intake.draft import DraftAddress
from orders.rules.platforms.assembling import Stated
from orders.rules.platforms.following import WORDS, Late, Ours, Step, Theirs, ask
from orders.services.changes import cancel_order, change_address
from orders.services.completion.completion import confirm_receipt
from orders.services.finance.platform import book_platform_refund
from orders.services.holds import hold_order
from orders.services.payment import Receipt, mark_paid
from orders.services.platforms import addresses
from orders.services.platforms.problems import Trouble, fingerprint
from orders.services.platforms.verdicts import Verdict

PROOF = mark("The platform's export says that the buyer has confirmed receipt.")
CLOSED = mark("Closed on the platform.")
ASKS_BACK = mark("The buyer has asked the platform for the money back.")
_PARTS = ("recipient", "phone", "province", "city", "district", "street")
_MONEY = (Late.UNKNOWN_REFUND, Step.REFUND)


@dataclass(frozen=True)
class Pair:
    """An order as it stands here, and what the file says of it."""

    order: Order
    stated: Stated
    seen: Sequence[str]
    place: DeliveryAddress | None
    was_held: bool

    @property
    def total(self) -> Decimal:
        """What has gone back on the platform in all."""
        return self.order.paid_amount if self.stated.refunded is None else self.stated.refunded


def follow(
    pairs: Sequence[tuple[Order, Stated]],
    *,
    prints: set[tuple[str, str]],
    troubles: list[Trouble],
    write: bool,
    actor: Actor,
    now: datetime,
) -> dict[str, Verdict]:
    """Apply what has changed, each step by its service; what is no longer possible is added to `troubles`.

    SOP: O1, O18
    """
    if not pairs:
        return {}
    ids = [order.pk for order, _ in pairs]
    seen, places = queries.seen_addresses(ids), queries.places_of(ids)
    asked = Q(reason=ASKS_BACK) | Q(code=HoldCode.CUSTOMER_QUESTION, released_at=None)
    held = set(OrderHold.objects.filter(asked, order__in=ids).values_list("order", flat=True))
    verdicts = {}
    for order, stated in pairs:
        pair = Pair(order, stated, seen.get(order.pk, ()), places.get(order.pk), order.pk in held)
        try:
            verdicts[stated.number] = _follow(pair, prints, troubles, write, actor, now)
        except DomainError as refusal:
            issues = refusal.issues or [Issue("", refusal.error_code, refusal.message_id, refusal.params)]
            verdicts[stated.number] = Verdict(Outcome.REFUSED, issues)
    return verdicts


def _follow(
    pair: Pair, prints: set[tuple[str, str]], troubles: list[Trouble], write: bool, actor: Actor, now: datetime
) -> Verdict:
    order, issues, changed = pair.order, [], False
    for what in ask(_ours(order), _theirs(pair)):
        late, params = (what, {}) if isinstance(what, Late) else (None, {})
        if isinstance(what, Step) and write:
            try:
                with transaction.atomic():
                    _DO[what](pair, actor, now)
            except DomainError as refusal:
                first = refusal.issues[0] if refusal.issues else None
                late = Late.REFUSED
                params = {"why": first.message % first.params if first else str(refusal)}
        if late is None:
            changed = True
            continue
        trouble = _late(pair, what, late, params)
        issues.append(Issue("", late, trouble.reason, params))
        if (order.external_id, trouble.print) not in prints:
            prints.add((order.external_id, trouble.print))
            troubles.append(trouble)
            changed = True
    return Verdict(Outcome.UPDATED if changed else Outcome.EXISTING, issues)


def _ours(order: Order) -> Ours:
    return Ours(order.status, order.payment_status, order.paid_amount, order.refunded_amount)


def _theirs(pair: Pair) -> Theirs:
    stated = pair.stated
    asks_back = stated.back == GoingBack.UNDER_WAY and not pair.was_held
    return Theirs(stated.stage, stated.refunded, stated.is_cod, _is_new_address(pair), asks_back)


def _is_new_address(pair: Pair) -> bool:
    """True for a whole address that the platform has not named before, and that is not where the order goes."""
    given = normalise(pair.stated.address)
    if not all(getattr(given, part) for part in ("recipient", "phone", "province", "city", "street")):
        return False
    if addresses.print_of(pair.stated.address) in pair.seen:
        return False
    return pair.place is None or any(getattr(given, part) != getattr(pair.place, part) for part in _PARTS)


def _late(pair: Pair, what: Step | Late, late: Late, params: dict[str, str]) -> Trouble:
    about: Any = addresses.print_of(pair.stated.address) if what in (Step.ADDRESS, Late.ADDRESS_ON_THE_WAY) else ""
    if what in _MONEY:
        about = str(pair.total)
    return Trouble(
        pair.stated,
        ProblemKind.LATE,
        WORDS[late],
        params,
        order_id=pair.order.pk,
        print=fingerprint(late, what, about),
    )


def _pay(pair: Pair, actor: Actor, now: datetime) -> None:
    stated = pair.stated
    receipt = Receipt(
        stated.payable, stated.text("method")[:40], stated.text("payment_reference")[:100], stated.moment("paid_at")
    )
    order = mark_paid(order_id=pair.order.pk, receipt=receipt, actor=actor, now=now)
    pair.order.paid_amount = order.paid_amount


def _refund(pair: Pair, actor: Actor, now: datetime) -> None:
    book_platform_refund(order_id=pair.order.pk, total=pair.total, actor=actor, now=now)


def _cancel(pair: Pair, actor: Actor, now: datetime) -> None:
    cancel_order(order_id=pair.order.pk, reason=pair.stated.text("closed_reason") or CLOSED, actor=actor, now=now)


def _readdress(pair: Pair, actor: Actor, now: datetime) -> None:
    address: DraftAddress = pair.stated.address
    change_address(order_id=pair.order.pk, address=address, actor=actor, now=now)
    addresses.add(pair.order, address, pair.seen)


def _confirm(pair: Pair, actor: Actor, now: datetime) -> None:
    confirm_receipt(order_id=pair.order.pk, proof=PROOF, actor=actor, now=now)


def _hold(pair: Pair, actor: Actor, now: datetime) -> None:
    hold_order(order_id=pair.order.pk, code=HoldCode.CUSTOMER_QUESTION, reason=ASKS_BACK, actor=actor, now=now)


_DO: dict[Step, Callable[[Pair, Actor, datetime], None]] = {
    Step.PAY: _pay,
    Step.REFUND: _refund,
    Step.CANCEL: _cancel,
    Step.ADDRESS: _readdress,
    Step.CONFIRM: _confirm,
    Step.HOLD: _hold,
}
