"""Screens of platforms' files: the problem list, and what merchant codes mean."""
