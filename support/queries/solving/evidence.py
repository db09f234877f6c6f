"""What customers have shown in a ticket, and how they were asked."""

from collections.abc import Sequence

from opsdesk.files.kinds import IMAGES, MP4
from opsdesk.files.models import StoredFile
from support.models import Confirmation, Message, Ticket

SHOWN = tuple(kind.media_type for kind in (*IMAGES, MP4))


def evidence_of(ticket: Ticket) -> Sequence[StoredFile]:
    """The photos and videos of the ticket's messages, the oldest first. SOP: S8"""
    files = Message.objects.filter(ticket=ticket, files__isnull=False).values("files")
    return list(StoredFile.objects.filter(pk__in=files, media_type__in=SHOWN).order_by("pk"))


def asked(ticket: Ticket) -> Sequence[Confirmation]:
    """When the customer was asked whether it is solved, the newest first. SOP: S10"""
    return list(Confirmation.objects.filter(ticket=ticket).order_by("-pk")[:10])
