"""Prices: changes under review, what they do and what was."""
