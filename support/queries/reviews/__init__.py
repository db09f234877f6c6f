"""What buyers said of goods."""
