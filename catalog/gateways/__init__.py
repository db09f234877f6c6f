"""What the catalog asks of processes and systems outside."""
