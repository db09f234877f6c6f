"""Screens of the ticket desk."""
