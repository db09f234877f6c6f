"""What the desks of carriers read."""
