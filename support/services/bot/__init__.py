"""The bot that talks first."""
