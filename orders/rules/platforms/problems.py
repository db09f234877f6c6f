"""The steps of a row of a platform's file that waits for a person. SOP: O1, O2"""

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.common.text import mark
from orders.enums.platforms import ProblemKind
from orders.enums.platforms import ProblemState as S

PERMISSION = "orders.take_platformproblem"
PROBLEM_LIFECYCLE = Lifecycle(
    Transition("map", {S.OPEN}, None, permission="orders.change_skumapping", sop="O2"),
    Transition("state_goods", {S.OPEN}, None, permission=PERMISSION, sop="O2"),
    Transition("retry", {S.OPEN}, None, permission=PERMISSION, sop="O1"),
    Transition("solve", {S.OPEN}, S.SOLVED, permission=PERMISSION, sop="O1"),
    Transition("drop", {S.OPEN}, S.DROPPED, permission=PERMISSION, sop="O1"),
)
MAPPING_STEPS = Lifecycle(Transition("remap", {""}, None, permission="orders.change_skumapping", sop="O2"))
_STEPS = {
    ProblemKind.HALF: {"drop"},
    ProblemKind.UNMAPPED: {"map", "drop"},
    ProblemKind.QUANTITIES: {"state_goods", "drop"},
    ProblemKind.REFUSED: {"retry", "drop"},
    ProblemKind.LATE: {"solve"},
}
REASONS = {
    "order_file": mark("The order file with buyer, address and money has not come yet."),
    "item_file": mark("The item file with the goods has not come yet."),
    ProblemKind.UNMAPPED: mark("Nobody has said which SKU these merchant codes mean: %(codes)s"),
    ProblemKind.QUANTITIES: mark("%(pieces)s pieces in all; how many of each is not stated: %(codes)s"),
}


def steps_of(kind: str) -> set[str]:
    """The steps that make sense for a problem of this kind."""
    return _STEPS[ProblemKind(kind)]
