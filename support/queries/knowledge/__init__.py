"""What agents say and know."""
