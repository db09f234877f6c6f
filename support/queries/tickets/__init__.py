"""Tickets as other parts ask for them."""
