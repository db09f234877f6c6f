"""Writing, judging, publishing, measuring and reviewing store pages."""
