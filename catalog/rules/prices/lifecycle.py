"""The states of a price change and the steps between them, read top to bottom. Pure."""

from catalog.enums.prices import PriceChangeState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

IN_THE_WAY = (S.SUBMITTED, S.SCHEDULED, S.ACTIVE)  # no other change of the SKU may fall into their time
_WRITE, _JUDGE = "catalog.change_pricechange", "catalog.approve_pricechange"

PRICE_LIFECYCLE = Lifecycle(
    Transition("edit", {S.DRAFT}, None, permission=_WRITE, sop="C10"),
    Transition("submit", {S.DRAFT}, S.SUBMITTED, permission=_WRITE, sop="C10"),
    Transition("waive", {S.DRAFT, S.SUBMITTED}, None, permission="catalog.waive_margin", sop="C10"),
    Transition("approve", {S.SUBMITTED}, S.SCHEDULED, permission=_JUDGE, sop="C10"),
    Transition("return", {S.SUBMITTED}, S.DRAFT, permission=_JUDGE, sop="C10"),
    Transition("reject", {S.SUBMITTED}, S.REJECTED, permission=_JUDGE, sop="C10"),
    Transition("withdraw", {S.DRAFT, S.SUBMITTED, S.SCHEDULED}, S.WITHDRAWN, permission=_WRITE, sop="C10"),
    Transition("start", {S.SCHEDULED}, S.ACTIVE, permission=_JUDGE, sop="C24"),
    Transition("settle", {S.SCHEDULED}, S.ENDED, permission=_JUDGE, sop="C24"),
    Transition("end", {S.ACTIVE}, S.ENDED, permission="catalog.end_pricechange", sop="C24"),
)
