"""People and programs that may sign in. Owns User, ApiClient and the table of roles.

Hands out Actors: what a service needs to know of who acts. SOP: G1, G2
"""
