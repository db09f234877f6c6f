"""The screens of customer service."""

from support.admin.sla import clocks, policies, promises, staffing
from support.admin.tickets import tasks, tickets

__all__ = ["clocks", "policies", "promises", "staffing", "tasks", "tickets"]
