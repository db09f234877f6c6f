"""Finding images, what places demand of them, and where they are used."""
