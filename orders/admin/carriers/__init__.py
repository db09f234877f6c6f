"""Carriers in the browser."""
