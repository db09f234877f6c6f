"""Decisions about published listings: comparing pages, error rates, suggestions, complaints. Pure."""
