"""The check rounds."""
