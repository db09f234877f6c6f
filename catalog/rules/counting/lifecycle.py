"""The steps of a stocktake and of a proposal on slow stock. Pure."""

from catalog.enums.counting import SlowState
from catalog.enums.counting import StocktakeState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

OPEN = (S.PLANNED, S.COUNTING, S.REVIEWED)
_COUNT, _POST = "catalog.count_stock", "catalog.post_stocktake"

STOCKTAKE_LIFECYCLE = Lifecycle(
    Transition("start", {S.PLANNED}, S.COUNTING, permission=_COUNT, sop="C22"),
    Transition("count", {S.COUNTING}, None, permission=_COUNT, sop="C22"),
    Transition("finish", {S.COUNTING}, S.REVIEWED, permission=_COUNT, sop="C22"),
    Transition("recount", {S.REVIEWED}, S.COUNTING, permission=_POST, sop="C22"),
    Transition("post", {S.REVIEWED}, S.POSTED, permission=_POST, sop="C22"),
    Transition("cancel", OPEN, S.CANCELLED, permission=_POST, sop="C22"),
)
SLOW_LIFECYCLE = Lifecycle(
    Transition("accept", {SlowState.OPEN}, SlowState.ACCEPTED, permission="catalog.decide_slowstock", sop="C23"),
    Transition("decline", {SlowState.OPEN}, SlowState.DECLINED, permission="catalog.decide_slowstock", sop="C23"),
)
