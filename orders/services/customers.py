"""A customer's data in full, to those who need it, with the reason."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from orders.models import Customer
from orders.queries.customers import visible_customers


@transaction.atomic(savepoint=False)
def reveal_buyer(*, public_id: str, reason: str, actor: Actor, now: datetime) -> Customer:
    """Name, telephone number and e-mail address of a customer; who looked and why is recorded, what they saw is not.

    Raises: NotFound, Forbidden, Invalid (no reason).
    SOP: S15. Ours: G14
    """
    actor.require("orders.reveal_customer")
    row = visible_customers(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound()
    if not reason.strip():
        issue = Issue("/reason", "required", mark("A reason is required."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    record(Change("orders.reveal", "customer", row.public_id, shop=row.shop.code, reason=reason.strip()), actor=actor, now=now)
    return row
