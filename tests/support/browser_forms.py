"""Filling the browser's forms in the test's own process."""

from typing import Any

from django.test import Client

from opsdesk.accounts.models import User
from tests.builders.accounts import PASSWORD


def signed_in(user: User) -> Client:
    """A browser in which the user has signed in."""
    client = Client()
    assert client.login(username=user.username, password=PASSWORD)
    return client


def rows(prefix: str, *filled: dict[str, Any]) -> dict[str, Any]:
    """The fields of a table of forms."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    for index, row in enumerate(filled):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data
