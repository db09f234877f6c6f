"""Calling the browser door in the test's own process."""

from django.test import Client

from opsdesk.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser session of a member of staff, in English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client
