"""Rules of what follows a completed order."""
