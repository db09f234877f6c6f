"""Tickets in the browser."""
