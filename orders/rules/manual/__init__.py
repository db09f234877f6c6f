"""Orders that staff enter, and goods that are sent again."""
