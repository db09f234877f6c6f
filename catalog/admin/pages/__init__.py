"""Store pages in the browser."""

from catalog.admin.pages import looks, pages, versions

__all__ = ["looks", "pages", "versions"]
