"""The base of the REST door."""
