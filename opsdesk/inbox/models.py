"""Work items."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from opsdesk.shops.models import Shop


class WorkItem(Record):
    """One thing to do about one subject. At most one open item has a given `dedupe_key`."""

    public_id = PublicIdField(prefix="wki")
    kind = models.CharField(_("kind"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(_("subject"), max_length=40)
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    role = models.CharField(_("role"), max_length=30)
    params = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160)
    raised_at = models.DateTimeField(_("raised"))
    due_at = models.DateTimeField(_("due"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True)
    steps_taken = models.PositiveSmallIntegerField(_("escalations"), default=0)
    next_step_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)
    outcome = models.CharField(_("outcome"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], condition=models.Q(closed_at=None), name="workitem_one_open"),
        ]
        indexes = [
            models.Index(fields=["role", "due_at"], name="workitem_queue", condition=models.Q(closed_at=None)),
            models.Index(fields=["next_step_at"], name="workitem_ladder", condition=models.Q(closed_at=None)),
            models.Index(fields=["subject_kind", "subject_id"], name="workitem_subject"),
        ]

    def __str__(self) -> str:
        return self.kind
