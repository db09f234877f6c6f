"""The outbox of notices."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.notifications.enums import Channel, NoticeState


class Notice(models.Model):
    """One message to one person by one channel; `dedupe_key` makes telling twice harmless.

    Text is kept as a message id with parameters and put into words in the reader's language when it is shown or sent.
    """

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    kind = models.CharField(_("kind"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=pgettext_lazy("recipient", "to")
    )
    shop = models.ForeignKey("shops.Shop", models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10, blank=True)
    message = models.CharField(_("message"), max_length=500)
    params = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    dedupe_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField(_("created"), db_default=Now())
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failed_at = models.DateTimeField(_("given up"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ("view",)
        permissions = [("resend_notice", _("Send notices to customers again"))]
        indexes = [
            models.Index(fields=["send_after"], name="notice_due", condition=models.Q(sent_at=None, failed_at=None)),
            models.Index(fields=["user", "-id"], name="notice_inbox", condition=models.Q(channel="in_app")),
            models.Index(fields=["-id"], name="notice_customers", condition=models.Q(user=None)),
            models.Index(fields=["subject_id"], name="notice_subject"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def public_id(self) -> str:
        """What the audit trail calls it."""
        return f"notice-{self.pk}"

    @property
    def state(self) -> NoticeState:
        """What has become of it."""
        if self.sent_at:
            return NoticeState.SENT
        return NoticeState.GIVEN_UP if self.failed_at else NoticeState.WAITING
