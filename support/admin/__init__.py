"""The screens of customer service."""
