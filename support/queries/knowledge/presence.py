"""Who is there to answer customers."""

from datetime import datetime

from opsdesk.accounts.models import User


def present(now: datetime) -> set[int]:
    """The keys of the agents who take conversations now: everybody who may sign in."""
    return set(User.objects.filter(is_active=True).values_list("pk", flat=True))
