"""Sidebar entries of tickets."""

from typing import Any

TICKETS: list[dict[str, Any]] = []
