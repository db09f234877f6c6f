"""Screens of the kernel packages."""

from opsdesk.consoles.admin import people, trail

__all__ = ["people", "trail"]
