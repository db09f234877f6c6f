"""Vocabulary of orders: one module an area."""
