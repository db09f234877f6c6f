"""What workers do for the catalog."""
