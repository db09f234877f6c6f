"""Named reads of the finance desk."""
