"""Reading what happens after publication."""
