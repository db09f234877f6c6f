"""Screens of cases, contacts and settlements."""
