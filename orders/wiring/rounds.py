"""The work, the duties and the trail of the check rounds."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE
from orders.services.rounds import auto_confirm, rounds


def _round_page(round_id: str) -> str:
    return reverse("admin:orders_checkround_change", args=[round_id])


KINDS = (
    Kind(
        rounds.SIGN_ROUND, mark("Check rounds to sign"), mark("Check round %(slot)s"), Role.CUSTOMER_SERVICE, _round_page, "O3"
    ),
)
DUTIES = (
    Duty(
        "orders.run_check_round",
        "0 9,14,18 * * *",
        "O3",
        lambda slot, now: rounds.open_rounds(slot=slot, actor=SYSTEM, now=now),
        mark("Open the check rounds"),
        every_slot=True,
    ),
    Duty(
        "orders.mark_late_rounds",
        "* * * * *",
        "O3",
        lambda slot, now: rounds.turn_late(actor=SYSTEM, now=now),
        mark("Mark late check rounds"),
    ),
    Duty(
        "orders.auto_confirm",
        "* * * * *",
        "O3",
        lambda slot, now: auto_confirm.confirm_clean_orders(actor=SYSTEM, now=now),
        mark("Release clean orders of shops with auto-confirm"),
    ),
)
LABELS = {
    "checkround.open": mark("Round opened"),
    "checkround.decide": mark("Order decided"),
    "checkround.sign": mark("Round signed"),
    "checkround.turn_late": mark("Round is late"),
    "checkround.miss": mark("Round missed"),
}
CHARTS = {
    "orders.check_round": Chart(
        CHECK_ROUND_LIFECYCLE,
        {
            "open": mark("Open the check rounds"),
            "turn_late": mark("Mark late check rounds"),
            "decide": mark("Decision"),
            "sign": mark("Sign the round"),
            "miss": mark("The next round opens"),
        },
        frozenset({"open", "turn_late", "miss"}),
    ),
}
