"""Every change of the catalog's state."""
