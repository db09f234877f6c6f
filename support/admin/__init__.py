"""The screens of customer service."""

from support.admin.tickets import desk, tasks, tickets

__all__ = ["desk", "tasks", "tickets"]
