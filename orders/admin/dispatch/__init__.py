"""The dispatch desk in the browser."""
