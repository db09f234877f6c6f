"""Calling the browser door in the test's own process."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from opsdesk.accounts.models import User


def browser(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def command(client: Client, model: str, pk: int, name: str, **fields: Any) -> HttpResponse:
    """Give a command on an object's page, such as ``command(client, "catalog_stockalert", 1, "ack")``."""
    return client.post(reverse(f"admin:{model}_command", args=[pk, name]), {"csrfmiddlewaretoken": "x"} | fields)  # type: ignore[return-value]
