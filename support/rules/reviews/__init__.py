"""Rules of product reviews. Pure."""
