"""Decisions on stocktakes and turnover. Pure."""
