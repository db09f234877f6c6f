"""Screens of the bot."""
