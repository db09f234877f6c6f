"""The demo company: two shops, people of every role, products, stock and orders. Writes through services only."""
