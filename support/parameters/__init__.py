"""The SOP's numbers for customer service: one module an area."""

from typing import Any

from opsdesk.parameters.definitions import Parameter
from support.parameters.knowledge import KNOWLEDGE
from support.parameters.reviews import REVIEWS
from support.parameters.sla import SLA
from support.parameters.solving import SOLVING
from support.parameters.surveys import SURVEYS
from support.parameters.tickets import TICKETS
from support.parameters.voice import VOICE

PARAMETERS: list[Parameter[Any]] = [*SLA, *KNOWLEDGE, *TICKETS, *SURVEYS, *REVIEWS, *SOLVING, *VOICE]
