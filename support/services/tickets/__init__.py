"""Tickets: taking them in, answering, resolving."""
