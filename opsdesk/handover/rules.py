"""The steps of a handover note. SOP: G2"""

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.handover.enums import HandoverState as S

KIND = "handover"  # what audit entries and work items call a note
OVERSEE = "handover.oversee_handovernote"
GIVE = "handover.give_handovernote"
ACCEPT = "handover.accept_handovernote"

HANDOVER_LIFECYCLE = Lifecycle(
    Transition("accept", [S.GIVEN], S.ACCEPTED, permission=ACCEPT, sop="G2"),
    Transition("send_back", [S.GIVEN], S.SENT_BACK, permission=ACCEPT, sop="G2"),
)
