"""Looking after customers: what is known of them, calling them back, writing to them."""
