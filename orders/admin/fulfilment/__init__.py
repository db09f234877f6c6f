"""Screens of the warehouse."""
