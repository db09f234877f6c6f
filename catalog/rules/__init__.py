"""The catalog's pure decisions."""
