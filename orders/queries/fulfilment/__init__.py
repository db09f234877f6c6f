"""What the warehouse needs to know."""
