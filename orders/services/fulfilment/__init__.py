"""From the pick list to the hand-over."""
