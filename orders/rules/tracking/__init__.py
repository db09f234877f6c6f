"""Carriers' reports."""
