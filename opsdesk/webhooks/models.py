"""Events: rows written in the transaction of what they tell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import CurrentTransactionId, PublicIdField, TransactionIdField
from opsdesk.shops.models import Shop


class Event(models.Model):
    """Something that happened. `sequence` counts the events of one subject from 1, without gaps."""

    public_id = PublicIdField(prefix="evt")
    type = models.CharField(_("type"), max_length=60)
    occurred_at = models.DateTimeField(_("occurred"))
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(_("subject"), max_length=40)
    sequence = models.PositiveIntegerField(_("sequence"))
    data = models.JSONField(_("data"))
    xid = TransactionIdField(db_default=CurrentTransactionId())

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "sequence"], name="event_sequence_unique"),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="event_subject_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["xid", "id"], name="event_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject_id}"
