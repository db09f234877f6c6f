"""Addresses of ours for people outside: in e-mails, text messages and chats."""

from django.conf import settings


def outside(path: str) -> str:
    """The whole address of one of our paths, as customers reach it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"
