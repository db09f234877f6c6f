"""Taking off sale what should not be sold any more, and putting it back."""
