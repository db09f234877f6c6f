"""The steps of a stock alert, and when it opens and ends. Pure."""

from datetime import date

from catalog.enums.stock import AlertStatus as S
from opsdesk.common.lifecycle import Lifecycle, Transition

ALERT_LIFECYCLE = Lifecycle(
    Transition("ack", {S.OPEN, S.ACKED}, S.ACKED, permission="catalog.work_stockalert", sop="C12"),
    Transition("order", {S.OPEN, S.ACKED, S.ORDERED}, S.ORDERED, permission="catalog.work_stockalert", sop="C12"),
    Transition("resolve", {S.OPEN, S.ACKED, S.ORDERED}, S.RESOLVED, permission="catalog.sync_stock", sop="C12"),
)


def is_out(*, available: int) -> bool:
    """True when nothing is left to sell."""
    return available <= 0


def is_replenished(*, available: int, threshold: int, hysteresis: int) -> bool:
    """True when so much is there again that the alert ends; only then may the next one open.

    Exactly threshold plus hysteresis does not end it: stock has to rise above.
    SOP: C12
    """
    return available > threshold + hysteresis


def is_timely(*, expected_on: date, today: date) -> bool:
    """True when ordered goods are expected today or later."""
    return expected_on >= today


KEPT = "kept"  # SKUs and balances have no states of their own; what may be done to them is always the same
SKU_STEPS = Lifecycle(
    Transition("change_threshold", {KEPT}, None, permission="catalog.change_threshold", sop="C12"),
    Transition("change_handling", {KEPT}, None, permission="catalog.change_handling", sop="O11"),
)
ITEM_STEPS = Lifecycle(Transition("confirm_jump", {KEPT}, None, permission="catalog.approve_stock_adjustment", sop="C11"))
