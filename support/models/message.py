"""What was said in a ticket."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from support.enums.tickets import AuthorKind, Delivery, Direction


class Message(Record):
    """One message or internal note. Only a public outgoing message of an agent is a person's answer.

    `external_id` is the channel's own id of it (the Message-ID of an e-mail): the same one is taken once.
    SOP: S1, S2
    """

    public_id = PublicIdField(prefix="msg")
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, related_name="messages", verbose_name=_("ticket"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    author_kind = models.CharField(_("author"), max_length=10, choices=AuthorKind)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    author_label = models.CharField(_("by"), max_length=150, blank=True)
    public = models.BooleanField(_("seen by the customer"), default=True)
    body = models.TextField(_("text"), max_length=20_000)
    quoted = models.TextField(_("quoted text"), max_length=20_000, blank=True)
    said_at = models.DateTimeField(_("time"))
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery, default=Delivery.NONE)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True)
    external_id = models.CharField(max_length=250, blank=True)
    files = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("attachments"))

    class Meta(Record.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ()
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "external_id"], condition=~Q(external_id=""), name="message_once_a_ticket"
            ),
            models.CheckConstraint(
                condition=Q(public=True) | Q(author_kind="agent", delivery="none"), name="message_note_stays_inside"
            ),
            models.CheckConstraint(condition=~Q(author_kind="customer") | Q(direction="in"), name="message_customers_write_in"),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="message_external_id", condition=~Q(external_id="")),
            models.Index(fields=["id"], name="message_to_send", condition=Q(delivery__in=["queued", "failed"])),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
