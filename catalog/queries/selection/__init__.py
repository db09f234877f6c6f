"""Named reads of the selection of goods."""
