"""Screens of what listings are written by."""

from catalog.admin.entry import attributes, claims, labels

__all__ = ["attributes", "claims", "labels"]
