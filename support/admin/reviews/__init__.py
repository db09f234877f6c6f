"""Screens of product reviews."""
