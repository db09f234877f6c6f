"""Whether stock can fill the orders that come in."""

from catalog.errors import InsufficientStock
from catalog.services import stock
from opsdesk.common.errors import Conflict, Issue
from opsdesk.common.text import mark
from opsdesk.shops.enums import ShortStockPolicy
from orders.enums.orders import OrderKind
from orders.services.intake.case import Case


def plan_stock(cases: list[Case], *, lock: bool = True) -> stock.Plan:
    """Lock the stock and see who can be served; who cannot is refused or held, as the shop's policy says. Without `lock` it
    is only looked at.

    SOP: O2, O8
    """
    waiting = [case for case in cases if case.open]
    for case in waiting:
        if not case.warehouses:
            case.error = Conflict(mark("No warehouse serves this shop."), code="no_warehouse")
    waiting = [case for case in waiting if case.open]
    if lock and any(case.draft.historical for case in waiting):
        stock.lock_items({(sku, place) for case in waiting for sku in case.quantities for place in case.warehouses})
    leaving = [case for case in waiting if case.draft.kind == OrderKind.SALE]
    demands = [stock.Demand(_ref(case), case.quantities, case.warehouses) for case in leaving]
    plan = stock.plan(demands, lock=lock) if demands else stock.Plan()
    for case in leaving:
        if (short := plan.short.get(_ref(case))) is not None:
            _fall_short(case, short)
    return plan


def _fall_short(case: Case, short: dict[int, int]) -> None:
    case.in_stock = False
    if case.draft.historical or (case.shop and case.shop.short_stock_policy == ShortStockPolicy.REFUSE):
        case.error = InsufficientStock(issues=_short_issues(case, short))


def _short_issues(case: Case, short: dict[int, int]) -> list[Issue]:
    message = mark("Only %(available)s available.")
    return [
        Issue(
            f"/lines/{index}/quantity",
            "available",
            message,
            {"available": short[offer.sku_id]},
            {"available": short[offer.sku_id]},
        )
        for index, offer in enumerate(case.lines)
        if offer.sku_id in short
    ]


def _ref(case: Case) -> str:
    """How stock names the order while it has no id yet."""
    return "\n".join(case.key)
