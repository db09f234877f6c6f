"""The knowledge base, who is there, and how agents speak, as other parts ask for them."""
