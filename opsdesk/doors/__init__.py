"""The bases of the doors: browser admin and REST. A door parses, reads the clock, names the actor, makes one service
call and renders. Owns IdempotencyRecord.
"""
