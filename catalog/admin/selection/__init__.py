"""The browser door of the selection of goods."""

from catalog.admin.selection import competitors, lines, lists, research, suppliers, terms

__all__ = ["competitors", "lines", "lists", "research", "suppliers", "terms"]
