"""Reads of what listings are written by."""
