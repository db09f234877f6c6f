"""What must always be true of the books, checked every night and on demand. Owns InvariantRun.

Ours: invariant page.
"""
