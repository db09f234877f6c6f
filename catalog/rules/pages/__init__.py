"""Decisions on store pages. Pure."""
