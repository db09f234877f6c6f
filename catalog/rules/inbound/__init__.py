"""Decisions about goods on their way in, between places, and out of the books."""
