"""Screens of the check rounds."""
