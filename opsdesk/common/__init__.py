"""What every floor stands on: actors, errors, lifecycles, locking, money, ids. No tables of its own."""
