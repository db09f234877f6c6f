"""The screens of customer service."""

from support.admin.sla import clocks, policies, promises, staffing

__all__ = ["clocks", "policies", "promises", "staffing"]
