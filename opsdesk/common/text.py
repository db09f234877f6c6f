"""Message ids: marked where nothing may be translated yet: rules and errors carry ids, doors translate them."""

from collections.abc import Mapping
from typing import Any


def mark(message: str) -> str:
    """Return the message id unchanged; the extraction of messages finds it by this name."""
    return message


def inner(message: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A message as the parameter of another one, so that both are said in the reader's language."""
    return {"message": message, "params": dict(params or {})}
