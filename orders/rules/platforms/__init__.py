"""What the files of selling platforms mean."""
