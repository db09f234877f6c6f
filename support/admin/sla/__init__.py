"""The screens of service levels."""
