"""Changing what listings are written by, and taking listings in from tables."""
