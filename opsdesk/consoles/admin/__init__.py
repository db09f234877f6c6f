"""Screens of the kernel packages."""

from opsdesk.consoles.admin import calendar, handover, notices, people, trail

__all__ = ["calendar", "handover", "notices", "people", "trail"]
