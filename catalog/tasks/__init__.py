"""What the schedule wakes and what talks to the outside: claim by a service, gateway, record by a service."""
