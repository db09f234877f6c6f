"""What clocks do: hooks of tickets, escalation, policies, promises, staffing."""
