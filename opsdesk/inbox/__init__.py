"""What a person must do. Owns WorkItem: due time, owner, claim and escalation live here and nowhere else.

Apps register their kinds in their wiring, raise items in the transaction that makes the work, and resolve them in the
transaction that does it.
"""
