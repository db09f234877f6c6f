"""The suite: real PostgreSQL, real Redis, real servers and a real browser; it mirrors the tree."""
