"""Asking customers how content they are."""
