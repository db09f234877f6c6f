"""Screens of the kernel packages."""

from opsdesk.consoles.admin import calendar, handover, people, trail

__all__ = ["calendar", "handover", "people", "trail"]
