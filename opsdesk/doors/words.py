"""Putting message ids into words in the reader's language."""

from opsdesk.common.words import say

__all__ = ["say"]
