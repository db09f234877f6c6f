"""Screens of solutions."""
