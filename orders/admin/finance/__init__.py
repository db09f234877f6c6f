"""Screens of the finance desk."""
