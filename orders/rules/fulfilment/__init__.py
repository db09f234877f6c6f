"""Picking, packing, parcels."""
