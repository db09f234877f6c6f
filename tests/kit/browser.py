"""Driving the browser door in the test's own process."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from tests.builders import a_user


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


class Staff:
    """A signed-in member of staff."""

    def __init__(self, *roles: Role, **kwargs: Any) -> None:
        self.user = a_user(*roles, **kwargs)
        self.client = signed_in(self.user)

    def open(self, name: str, /, *args: Any) -> HttpResponse:
        """Open a page of the back-office by the name of its address."""
        return self.client.get(reverse(f"admin:{name}", args=args))  # type: ignore[return-value]

    def send(self, name: str, /, *args: Any, **fields: Any) -> HttpResponse:
        """Send a form to an address by its name."""
        return self.client.post(reverse(f"admin:{name}", args=args), fields)  # type: ignore[return-value]

    def command(self, model: str, key: int, command: str, /, **fields: Any) -> HttpResponse:
        """Press a button of an object's page and send its form."""
        return self.send(f"orders_{model}_command", key, command, **fields)


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def command(client: Client, model: str, pk: int, name: str, **fields: Any) -> HttpResponse:
    """Give a command on an object's page, such as ``command(client, "catalog_stockalert", 1, "ack")``."""
    return client.post(reverse(f"admin:{model}_command", args=[pk, name]), fields)  # type: ignore[return-value]
