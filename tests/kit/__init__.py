"""What tests need besides data: callers, servers, and a picture of all rows."""
