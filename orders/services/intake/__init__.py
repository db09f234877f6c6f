"""Taking orders in."""
