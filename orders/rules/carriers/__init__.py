"""Choosing and rating carriers. Pure."""
