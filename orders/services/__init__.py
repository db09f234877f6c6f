"""Every change of an order's state."""
