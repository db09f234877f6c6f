"""What customers answered to surveys."""
