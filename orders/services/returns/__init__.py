"""Returns: requests, policy, goods that come back, money that goes back."""
