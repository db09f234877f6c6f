"""Public ids: a prefix that tells the kind and a ULID that sorts by time."""

from ulid import ULID

LENGTH = 32


def new_id(prefix: str) -> str:
    """A fresh public id such as ``ord_01J...``; the prefix has at most five characters."""
    return f"{prefix}_{ULID()}"
