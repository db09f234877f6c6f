"""Reading notices."""

from django.db.models import QuerySet

from opsdesk.accounts.models import User
from opsdesk.notifications.enums import Channel
from opsdesk.notifications.models import Notice


def inbox_of(user: User) -> QuerySet[Notice]:
    """The user's notices in the app, newest first."""
    return Notice.objects.filter(user=user, channel=Channel.IN_APP).order_by("-id")
