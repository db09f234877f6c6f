"""The outside world of customer service."""
