"""What a ticket's solution can be, and what became of it."""
