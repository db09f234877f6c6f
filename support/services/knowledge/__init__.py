"""The knowledge base, the bot, who is there, and how agents speak."""
