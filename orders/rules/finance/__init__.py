"""Money that goes back, and money that is settled."""
