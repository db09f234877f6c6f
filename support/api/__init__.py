"""Customer service by REST."""
