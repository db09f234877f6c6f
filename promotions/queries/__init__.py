"""Named reads of promotions."""
