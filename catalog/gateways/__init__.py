"""What the catalog reads from outside. Never called in a transaction."""
