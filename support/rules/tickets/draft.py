"""What comes in as a ticket."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TicketDraft:
    """A matter of a customer as its channel tells it; what is empty is not known.

    `shop` is a code, `order` a public id, a number or the platform's number, `customer` the shop's own id or ``cus_...``,
    `product` a code. Without stage and type the triage rules decide. `taken` says that the person who enters it keeps it.
    SOP: S1, S2
    """

    shop: str
    channel: str
    subject: str
    body: str = ""
    stage: str = ""
    type: str = ""
    priority: str = ""
    customer: str = ""
    order: str = ""
    product: str = ""
    contact: str = ""
    contact_name: str = ""
    external_id: str = ""
    author_kind: str = "customer"
    taken: bool = False
    is_test: bool = False
