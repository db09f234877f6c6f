"""Files that people upload: kept outside the web root under names of their own, handed out by permission.

Owns StoredFile. Doors for the floors above: services, queries, access, kinds.
"""
