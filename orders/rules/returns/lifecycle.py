"""The states of a return and the steps between them."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.returns import ReturnState as S
from orders.enums.returns import ReturnType as T

_DECIDE, _WAREHOUSE, _JUDGE, _ENTER = (
    "orders.decide_return",
    "orders.receive_return",
    "orders.judge_dispute",
    "orders.add_return",
)
_NEW = (S.REQUESTED, S.EVIDENCE_PENDING)
ENDED = (S.REJECTED, S.COMPLETED, S.CANCELLED)

RETURN_LIFECYCLE = Lifecycle(
    Transition("ask_evidence", {S.REQUESTED}, S.EVIDENCE_PENDING, permission=_DECIDE, sop="S8"),
    Transition("add_evidence", _NEW, S.REQUESTED, permission=_ENTER, sop="S8"),
    Transition("go_on", {S.EVIDENCE_PENDING}, S.REQUESTED, permission=_DECIDE, sop="S8"),
    Transition("approve", _NEW, S.APPROVED, permission=_DECIDE, sop="S8"),
    Transition("reject", _NEW, S.REJECTED, permission=_DECIDE, sop="O20"),
    Transition("await_parcel", {S.APPROVED}, S.AWAITING_PARCEL, permission=_DECIDE, sop="O20"),
    Transition("ship_back", {S.AWAITING_PARCEL}, S.IN_TRANSIT, permission=_ENTER, sop="O20"),
    Transition("receive", (S.AWAITING_PARCEL, S.IN_TRANSIT), S.RECEIVED, permission=_WAREHOUSE, sop="O21"),
    Transition("inspect", {S.RECEIVED}, S.INSPECTED, permission=_WAREHOUSE, sop="O21"),
    Transition("send_back", (S.INSPECTED, S.SETTLING, *ENDED), None, permission=_WAREHOUSE, sop="O21"),
    Transition("settle", (S.APPROVED, S.INSPECTED), S.SETTLING, permission=_DECIDE, sop="O20"),
    Transition("send_replacement", {S.SETTLING}, S.COMPLETED, permission=_DECIDE, sop="O20"),
    Transition("place_exchange", {S.SETTLING}, S.COMPLETED, permission=_DECIDE, sop="O20"),
    Transition("dispute", (S.REJECTED, S.INSPECTED), S.DISPUTED, permission=_ENTER, sop="S8"),
    Transition("concede", {S.DISPUTED}, S.SETTLING, permission=_JUDGE, sop="S8"),
    Transition("uphold", {S.DISPUTED}, S.REJECTED, permission=_JUDGE, sop="S8"),
    Transition("cancel", (*_NEW, S.APPROVED, S.AWAITING_PARCEL), S.CANCELLED, permission=_ENTER, sop="O20"),
)

WITH_PARCEL = (T.RETURN_REFUND, T.EXCHANGE)
WAITS = (S.EVIDENCE_PENDING, S.AWAITING_PARCEL, S.IN_TRANSIT)
WITH_SLIP = (S.AWAITING_PARCEL, S.IN_TRANSIT, S.RECEIVED)
GIVEN_UP = (S.REJECTED, S.CANCELLED)


def fits(name: str, type_: str) -> bool:
    """Whether the step makes sense for the type: only an exchange ends with another order. SOP: O20"""
    return name not in ("place_exchange", "send_replacement") or type_ == T.EXCHANGE
