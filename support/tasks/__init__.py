"""Work of customer service that goes on outside a request."""
