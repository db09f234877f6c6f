"""Promotions: what customers pay.

Owns the quotes; campaigns, their rules and coupons will live here. Reads prices through catalog's queries and knows nothing of
how they are changed. Door for the apps above: queries, errors.
"""
