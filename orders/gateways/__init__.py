"""Whom orders ask outside the house."""
