"""Screens of checking orders, asking customers and keeping to the time."""
