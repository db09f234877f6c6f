"""Work of orders that goes on outside a request."""
