"""The append-only trail."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import CurrentTransactionId, TransactionIdField


class AuditEntry(models.Model):
    """One state change of one subject."""

    at = models.DateTimeField(_("time"))
    recorded_at = models.DateTimeField(db_default=Now())
    actor_kind = models.CharField(_("actor kind"), max_length=8)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("actor"), max_length=150)
    shop = models.CharField(_("shop"), max_length=40, blank=True)
    action = models.CharField(_("action"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(_("subject"), max_length=40)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    xid = TransactionIdField(db_default=CurrentTransactionId())

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["subject_id"], name="audit_subject_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["request_id"], name="audit_request", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_subject"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_id}"
