"""The pure decisions about orders."""
