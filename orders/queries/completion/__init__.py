"""Named reads of what follows a completed order."""
