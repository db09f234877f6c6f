"""The states of return visits and broadcasts, and the steps between them."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.care import BroadcastState as B
from support.enums.care import CallState as C

CALL, WRITE, APPROVE = "support.make_callback", "support.write_broadcast", "support.approve_broadcast"

CALL_LIFECYCLE = Lifecycle(
    Transition("call", {C.PLANNED}, C.DONE, permission=CALL, sop="S16"),
    Transition("cancel", {C.PLANNED}, C.CANCELLED, permission=CALL, sop="S16"),
)
BROADCAST_LIFECYCLE = Lifecycle(
    Transition("approve", {B.DRAFT}, B.APPROVED, permission=APPROVE, sop="S17"),
    Transition("posted", {B.APPROVED}, B.SENT, permission=WRITE, sop="S17"),
    Transition("cancel", (B.DRAFT, B.APPROVED), B.CANCELLED, permission=WRITE, sop="S17"),
)
