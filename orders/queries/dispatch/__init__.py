"""What the dispatch desk reads."""
