"""Selecting goods: one verb, one function."""
