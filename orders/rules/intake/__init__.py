"""What an order has to say."""
