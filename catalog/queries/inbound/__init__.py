"""Named reads of goods on their way in, between places, and out of the books."""
