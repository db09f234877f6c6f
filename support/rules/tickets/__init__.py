"""Tickets: their states, who gets them."""
