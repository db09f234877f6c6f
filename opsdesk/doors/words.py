"""Putting message ids into words in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def say(message: str, params: Mapping[str, Any]) -> str:
    """The message in the active language with its parameters filled in."""
    text = gettext(message)
    return text % params if params else text
