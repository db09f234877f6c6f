"""The work and the trail of the ticket desk."""

from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE

KINDS: tuple[Kind, ...] = ()
DUTIES: tuple[Duty, ...] = ()
LABELS: dict[str, str] = {}
CHARTS = {"support.ticket": Chart(TICKET_LIFECYCLE)}
