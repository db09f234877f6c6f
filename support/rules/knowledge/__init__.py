"""What is found for a question, what the bot says, and how agents speak."""
