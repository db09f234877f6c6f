"""What may become of a promise."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.sla import PromiseState as S

GIVE = "support.give_promise"

PROMISE_LIFECYCLE = Lifecycle(
    Transition("keep", {S.OPEN}, S.KEPT, permission=GIVE, sop="S9"),
    Transition("break", {S.OPEN}, S.BROKEN, permission=GIVE, sop="S9"),
    Transition("follow", {S.KEPT, S.BROKEN}, None, permission=GIVE, sop="S9"),
)
