"""The REST door of orders."""
