"""What customer service decides, without database, clock or settings."""
