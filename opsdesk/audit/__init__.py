"""Who changed what, when and why: one entry a state change, which nobody can alter or take away.

Owns AuditEntry. Names actors, shops and subjects by value, so that it stands on nothing. Nothing decides from it.
"""
