"""Screens of customer care."""
