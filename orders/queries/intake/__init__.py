"""Named reads of taking orders in."""
