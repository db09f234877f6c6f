"""Screens of parcels."""
