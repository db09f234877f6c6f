"""Asking the customer of a held order, and going on when what they say is right. SOP: O5"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.enums.intake import ContactAnswer
from orders.enums.orders import HoldCode
from orders.models import CustomerContact, Order
from orders.parameters.intake import CONTACT_TIME, CONTACT_TRIES
from orders.rules.holds import VERIFIED_CODES, is_still_needed, needs_contact
from orders.rules.intake import checks
from orders.rules.intake.draft import DraftAddress
from orders.services import hold_rows, steps
from orders.services.contact import CONTACT_CUSTOMER
from orders.services.events import KIND
from orders.services.intake import check_rows
from orders.services.intake.readdressing import Readdressed, readdress


@dataclass(frozen=True)
class Answer:
    """What came of asking: how, with which outcome, what they said, and the address if it is another one."""

    channel: str
    outcome: str
    answer: str = ""
    address: DraftAddress | None = None


@transaction.atomic(savepoint=False)
def record_contact(*, order_id: int, answer: Answer, actor: Actor, now: datetime) -> Order:
    """Write down an attempt to ask the customer. Verified writes the address they gave and lifts what waited for them;
    not reached puts the work back, and after several attempts it is the supervisor's.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nothing waits for the customer), Invalid (no answer, or a
    verified order that still lacks something).
    SOP: O5
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "contact", actor)
    if not needs_contact(hold_rows.open_codes(order)):
        raise Conflict(mark("No hold of this order waits for the customer."), code="not_on_hold")
    verified = answer.outcome == ContactAnswer.VERIFIED
    if answer.outcome != ContactAnswer.UNREACHABLE and not answer.answer.strip():
        raise _lacking("/answer", "required", mark("Write down what the customer said."))
    if answer.address and not verified:
        raise _lacking("/outcome", "not_verified", mark("An address is corrected when the customer has verified it."))
    row = CustomerContact.objects.create(
        order=order, at=now, by=actor.label, channel=answer.channel, outcome=answer.outcome, answer=answer.answer
    )
    changed = Readdressed([], [], [], {})
    if verified:
        changed = _go_on(order, row, answer, actor, now)
    else:
        _ask_again(order, answer.outcome, actor, now)
    details = changed.details | {"outcome": answer.outcome, "channel": answer.channel}
    steps.move([order], step, event=changed.event, actor=actor, now=now, details=details, **changed.columns)
    return order


def _lacking(pointer: str, code: str, message: str) -> Invalid:
    return Invalid(message, code=code, issues=[Issue(pointer, code, message)])


def _go_on(order: Order, row: CustomerContact, answer: Answer, actor: Actor, now: datetime) -> Readdressed:
    """Correct the address, and lift every hold that the customer's word ends."""
    done = readdress(order, answer.address, actor=actor, now=now) if answer.address else Readdressed([], [], [], {})
    CustomerContact.objects.filter(pk=row.pk).update(corrected=done.parts)
    address = check_rows.address_of(order)
    missing = {"address": checks.missing_address_parts(address), "contact": checks.missing_contact_parts(address)}
    waiting = hold_rows.open_codes(order) & VERIFIED_CODES
    stuck = sorted(code for code in waiting if _is_stuck(code, order, missing))
    if stuck:
        lacks = ", ".join(part for parts in missing.values() for part in parts)
        message = mark("Ask for what is still missing: %(parts)s")
        raise Invalid(
            message, code="incomplete", issues=[Issue("/answer", "incomplete", message, {"parts": lacks})], parts=lacks
        )
    columns = hold_rows.lift(order, waiting, actor=actor, now=now) if waiting else {}
    return Readdressed(done.parts, sorted({*done.lifted, *waiting}), done.opened, done.columns | columns)


def _is_stuck(code: str, order: Order, missing: dict[str, list[str]]) -> bool:
    return is_still_needed(
        HoldCode(code),
        payment_status=order.payment_status,
        address_missing=missing["address"],
        contact_missing=missing["contact"],
    )


def _ask_again(order: Order, outcome: str, actor: Actor, now: datetime) -> None:
    """The work stands for another while; after several attempts in vain it is the supervisor's."""
    resolve(kind=CONTACT_CUSTOMER, subject_ids=[order.public_id], outcome=outcome, actor=actor, now=now)
    vain = CustomerContact.objects.filter(order=order, outcome=ContactAnswer.UNREACHABLE).count()
    role = Role.OPERATIONS_SUPERVISOR if vain >= value(CONTACT_TRIES) else ""
    due, params = now + value(CONTACT_TIME), {"number": order.number}
    raise_many([Work(CONTACT_CUSTOMER, KIND, order.public_id, due, order.shop_id, role=role, params=params)], now=now)
