"""Registers the kernel's own parameters and duties."""

from opsdesk.audit import labels
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.consoles.audit_facts import FACTS
from opsdesk.consoles.audit_labels import LABELS
from opsdesk.doors.api.idempotency import forget_old
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.duties.watchdog import GAP, watch
from opsdesk.files import access
from opsdesk.files.services import remove_orphans
from opsdesk.handbook import charts
from opsdesk.handover.parameters import PARAMETERS as HANDOVER
from opsdesk.handover.rules import HANDOVER_LIFECYCLE
from opsdesk.handover.services import SENT_BACK, WAITING
from opsdesk.imports.queries import may_have_file
from opsdesk.imports.services import PURPOSE as IMPORTED_TABLES
from opsdesk.inbox import kinds
from opsdesk.inbox.parameters import PARAMETERS
from opsdesk.inbox.services import escalate
from opsdesk.invariants.parameters import PARAMETERS as CHECKING
from opsdesk.invariants.services import BROKEN, check_all
from opsdesk.notifications.parameters import PARAMETERS as NOTICES
from opsdesk.parameters import definitions as parameters


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register([*PARAMETERS, *CHECKING, *HANDOVER, *NOTICES])
    labels.register(LABELS)
    labels.register_facts(FACTS)
    kinds.register([GAP, BROKEN, WAITING, SENT_BACK])
    charts.REGISTER["handover.note"] = charts.Chart(HANDOVER_LIFECYCLE)
    access.register(IMPORTED_TABLES, may_have_file)
    duties.register(
        [
            Duty("inbox.escalate", "* * * * *", "G2", lambda slot, now: escalate(now=now), mark("Escalate late work")),
            Duty("duties.watchdog", "*/5 * * * *", "G13", lambda slot, now: watch(now=now), mark("Watch the duties")),
            Duty(
                "doors.forget_keys",
                "10 4 * * *",
                "G13",
                lambda slot, now: forget_old(now=now),
                mark("Drop old idempotency keys"),
            ),
            Duty(
                "invariants.check",
                "20 3 * * *",
                "G13",
                lambda slot, now: check_all(actor=SYSTEM, now=now).broken,
                mark("Check that the books agree"),
            ),
            Duty(
                "files.remove_orphans",
                "40 4 * * *",
                "G13",
                lambda slot, now: remove_orphans(now=now),
                mark("Remove files that nothing speaks of"),
            ),
        ]
    )
