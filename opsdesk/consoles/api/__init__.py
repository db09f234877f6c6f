"""REST of the kernel packages."""
