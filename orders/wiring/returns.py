"""The work, the duties and the trail of returns."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.files import access
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.enums.returns import ImprovementState, ReturnState
from orders.queries.returns.requests import may_have_evidence
from orders.rules.returns.lifecycle import RETURN_LIFECYCLE
from orders.rules.returns.rates import IMPROVEMENT_LIFECYCLE
from orders.services.returns import clocks, improving, moving, requesting

access.register(requesting.PURPOSE, may_have_evidence)


def _page(public_id: str) -> str:
    return reverse("admin:orders_returnrequest_change", args=[public_id])


KINDS = (
    Kind(
        moving.DECIDE,
        mark("Returns to decide"),
        mark("Order %(number)s: give the customer a solution for the return"),
        Role.CUSTOMER_SERVICE,
        _page,
        "S8",
    ),
    Kind(
        moving.INSPECT,
        mark("Returns to inspect"),
        mark("Order %(number)s: inspect the goods that came back"),
        Role.WAREHOUSE,
        _page,
        "O21",
    ),
    Kind(
        moving.SETTLE,
        mark("Returns to settle"),
        mark("Order %(number)s: settle the return"),
        Role.CUSTOMER_SERVICE,
        _page,
        "O20",
    ),
    Kind(
        moving.JUDGE,
        mark("Disputes on returns"),
        mark("Order %(number)s: decide the dispute on the return"),
        Role.OPERATIONS_SUPERVISOR,
        _page,
        "S8",
    ),
    Kind(
        improving.WANTED,
        mark("Returns to bring down"),
        mark("%(key)s comes back too often (%(percent)s %%): decide what to do"),
        Role.PRODUCT_SPECIALIST,
        lambda public_id: reverse("admin:orders_returnimprovement_change", args=[public_id]),
        "O22",
        Role.PRODUCT_SUPERVISOR,
    ),
    Kind(
        improving.FAILED,
        mark("Measures that did not help"),
        mark("%(key)s still comes back too often (%(percent)s %%): open a new round"),
        Role.OPERATIONS_SUPERVISOR,
        lambda public_id: reverse("admin:orders_returnimprovement_change", args=[public_id]),
        "O22",
    ),
    Kind(
        moving.SEND_BACK,
        mark("Rejected goods to send back"),
        mark("Order %(number)s: send what was not accepted back to the customer"),
        Role.WAREHOUSE,
        _page,
        "O21",
    ),
)
DUTIES = (
    Duty(
        "orders.review_returns",
        "30 2 * * *",
        "O22",
        lambda slot, now: improving.review_returns(now=now),
        mark("Look for what comes back too often"),
    ),
    Duty(
        "orders.report_late_returns",
        "*/10 * * * *",
        "O20",
        lambda slot, now: clocks.report_late(now=now),
        mark("Report returns whose clocks have run out"),
    ),
)
LABELS = {
    "orders.improvement_opened": mark("Improvement opened"),
    "orders.improvement_measured": mark("Measure decided on"),
    "orders.improvement_reopened": mark("New round opened"),
    "orders.improvement_judged": mark("Measure judged"),
    "orders.return_policy_written": mark("Return policy written"),
    "orders.return_refund_refused": mark("Refund of the return refused"),
    "orders.return_requested": mark("Return requested"),
    "orders.return_ask_evidence": mark("Evidence asked for"),
    "orders.return_add_evidence": mark("Evidence added"),
    "orders.return_go_on": mark("Evidence suffices"),
    "orders.return_send_back": mark("Rejected goods sent back"),
    "orders.return_approve": mark("Return approved"),
    "orders.return_reject": mark("Return rejected"),
    "orders.return_await_parcel": mark("Waits for the parcel"),
    "orders.return_ship_back": mark("Sent back by the customer"),
    "orders.return_receive": mark("Returned goods received"),
    "orders.return_inspect": mark("Returned goods inspected"),
    "orders.return_settle": mark("Return being settled"),
    "orders.return_refunded": mark("Return refunded"),
    "orders.return_place_exchange": mark("Exchange order made"),
    "orders.return_send_replacement": mark("Exchange order named"),
    "orders.return_dispute": mark("Disputed"),
    "orders.return_concede": mark("Dispute decided for the customer"),
    "orders.return_uphold": mark("Rejection upheld"),
    "orders.return_cancel": mark("Return cancelled"),
}
CHARTS = {
    "orders.return_improvement": Chart(
        IMPROVEMENT_LIFECYCLE,
        {"judge": mark("Measure judged")},
        frozenset({"judge"}),
        {"judge": (ImprovementState.IMPROVED, ImprovementState.NOT_IMPROVED, ImprovementState.NO_DATA)},
    ),
    "orders.return": Chart(
        RETURN_LIFECYCLE,
        {"await_parcel": mark("Waits for the parcel")},
        frozenset({"await_parcel"}),
        {
            "add_evidence": (ReturnState.REQUESTED, ReturnState.EVIDENCE_PENDING),
            "settle": (ReturnState.SETTLING, ReturnState.COMPLETED),
        },
    ),
}
