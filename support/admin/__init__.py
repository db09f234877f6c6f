"""The screens of customer service."""

from support.admin.knowledge import articles, phrases, presence, tone
from support.admin.sla import clocks, policies, promises, staffing
from support.admin.tickets import desk, tasks, tickets
from support.admin.voice import archive, problems, reports, surveys

__all__ = [
    "archive",
    "articles",
    "clocks",
    "desk",
    "phrases",
    "policies",
    "presence",
    "problems",
    "promises",
    "reports",
    "staffing",
    "surveys",
    "tasks",
    "tickets",
    "tone",
]
