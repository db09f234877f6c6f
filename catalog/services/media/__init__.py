"""Taking images in, keeping them, and the designers' desk."""
