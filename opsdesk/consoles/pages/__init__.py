"""Pages of the kernel packages that are not lists of rows. The site gives them their addresses."""
