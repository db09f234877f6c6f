"""Named reads of customer service."""
