"""Registers what the kernel has to know of customer service: one module an area."""

from opsdesk.audit import labels
from opsdesk.duties import definitions as duties
from opsdesk.handbook import charts
from opsdesk.inbox import kinds
from opsdesk.parameters import definitions as parameters
from support.parameters import PARAMETERS
from support.wiring import bot, knowledge, reviews, sla, solving, surveys, tickets, voice

AREAS = (tickets, solving, sla, knowledge, bot, surveys, reviews, voice)


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    for area in AREAS:
        kinds.register(area.KINDS)
        duties.register(area.DUTIES)
        labels.register(area.LABELS)
        charts.REGISTER.update(area.CHARTS)
