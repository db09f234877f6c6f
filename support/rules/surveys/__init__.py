"""Rules of surveys. Pure."""
