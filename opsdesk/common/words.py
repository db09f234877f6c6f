"""Putting message ids into words in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def say(message: str, params: Mapping[str, Any]) -> str:
    """The message in the active language with its parameters filled in."""
    text = gettext(message)
    return text % {name: _said(one) for name, one in params.items()} if params else text


def _said(param: Any) -> Any:
    return say(param["message"], param["params"]) if isinstance(param, dict) else param
