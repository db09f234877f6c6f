"""What an image file is, what it shows, and whether that is good enough. Pure."""
