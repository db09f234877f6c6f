"""Scheduled jobs that nobody can forget. Owns DutyRun: one row a duty and slot, with what was expected and what came.

A duty is one line in an app's wiring. Beat and the minute tick both start due slots; the unique slot makes that harmless.
"""
