"""What agents do not say to customers."""

from datetime import datetime

from opsdesk.common.actors import Actor


def check(body: str, *, actor: Actor, now: datetime) -> None:
    """No phrase is refused yet."""
