"""Taking in what selling platforms hand out, and following what happens there."""
