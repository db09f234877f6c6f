"""Screens of the kernel packages."""

from opsdesk.consoles.admin import calendar, people, trail

__all__ = ["calendar", "people", "trail"]
