"""The browser door of images: the library, the designers' desk, what places demand."""

from catalog.admin.media import briefs, library, standards

__all__ = ["briefs", "library", "standards"]
