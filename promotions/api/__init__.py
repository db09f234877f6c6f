"""The REST door of promotions."""
