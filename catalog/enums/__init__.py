"""Vocabulary of the catalog: one module an area."""
