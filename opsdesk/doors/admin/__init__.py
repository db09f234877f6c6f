"""The base of the browser door."""
