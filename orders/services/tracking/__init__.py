"""What carriers report, and what is done about it."""
