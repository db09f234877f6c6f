"""Rules of customer care. Pure."""
