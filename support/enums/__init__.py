"""Vocabulary of customer service, one module an area."""
