"""The screens of customer service."""

from support.admin.knowledge import articles, phrases, presence, tone
from support.admin.sla import clocks, policies, promises, staffing

__all__ = ["articles", "clocks", "phrases", "policies", "presence", "promises", "staffing", "tone"]
