"""What customers pay. Pure."""
