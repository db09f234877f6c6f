"""How goods are selected: pure decisions."""
