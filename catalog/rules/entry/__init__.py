"""Decisions on what is entered: forms of categories, tags, barcodes, claims, likeness, waivers. Pure."""
