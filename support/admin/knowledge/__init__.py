"""The knowledge base and how agents speak, in the browser."""
