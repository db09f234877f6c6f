"""The screens of customer service."""

from support.admin.sla import clocks, policies, promises, staffing
from support.admin.tickets import desk, tasks, tickets

__all__ = ["clocks", "desk", "policies", "promises", "staffing", "tasks", "tickets"]
