"""Driving the browser door in the test's own process."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from opsdesk.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser session of a member of staff, in English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


class Desk:
    """A signed-in member of staff at the back-office."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = signed_in(user)

    def get(self, name: str, *args: object) -> HttpResponse:
        return self.client.get(reverse(f"admin:{name}", args=args))  # type: ignore[return-value]

    def post(self, name: str, *args: object, **form: object) -> HttpResponse:
        return self.client.post(reverse(f"admin:{name}", args=args), form)  # type: ignore[return-value]
