"""Reading the bot's conversations."""
