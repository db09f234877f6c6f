"""What the catalog does on schedule with the outside world: claim by a service, gateway, record by a service."""
