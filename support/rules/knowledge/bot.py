"""What the bot makes of a customer's words: an answer that it can give, or a person."""

import re
from dataclasses import dataclass

from support.enums.knowledge import HandOver

_PERSON = re.compile(r"人工|真人|转接|找客服|\bhuman\b|\bagent\b|\bperson\b", re.IGNORECASE)
_COMPLAINT = re.compile(r"投诉|举报|骗|差评|赔偿|12315|complain|refund me|scam", re.IGNORECASE)
_WHERE = re.compile(r"物流|快递|到哪|发货|单号|什么时候到|where.*(order|parcel)|track|shipp", re.IGNORECASE)


@dataclass(frozen=True)
class Wording:
    """What a message asks for."""

    wants_person: bool
    complains: bool
    asks_where: bool


@dataclass(frozen=True)
class Verdict:
    """Either what to answer from ("order", "article"), or why a person has to take over."""

    answer_from: str = ""
    hand_over: HandOver | None = None


def reading(text: str) -> Wording:
    """What the words ask for."""
    return Wording(bool(_PERSON.search(text)), bool(_COMPLAINT.search(text)), bool(_WHERE.search(text)))


def verdict(said: Wording, *, knows_order: bool, best: int, likeness: int, answered: int, most: int) -> Verdict:
    """A person at once for who asks for one or complains; otherwise what is known of the order, then what is written,
    from a likeness in percent on; after so many answers, or without one, a person.

    SOP: S18
    """
    if said.wants_person:
        return Verdict(hand_over=HandOver.ASKED)
    if said.complains:
        return Verdict(hand_over=HandOver.COMPLAINT)
    if answered >= most:
        return Verdict(hand_over=HandOver.TIRED)
    if said.asks_where and knows_order:
        return Verdict(answer_from="order")
    return Verdict(answer_from="article") if best >= likeness else Verdict(hand_over=HandOver.UNKNOWN)
