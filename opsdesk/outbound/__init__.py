"""Calls to other people's servers: one client, to the address that was checked, with limits on time and size."""
