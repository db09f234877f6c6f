"""Taking goods off sale in the browser."""

from catalog.admin.delisting import policies, proposals

__all__ = ["policies", "proposals"]
