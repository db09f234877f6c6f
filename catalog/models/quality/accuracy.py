"""The periodic check of live listings: by probe, and by a person in turn."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums.quality import AccuracyState
from opsdesk.common.records import PublicIdField, Record


class AccuracyCheck(Record):
    """Where the periodic check of one product's live listing stands. SOP: C18"""

    public_id = PublicIdField(prefix="acc")
    product = models.OneToOneField("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    state = models.CharField(_("state"), max_length=10, choices=AccuracyState, default=AccuracyState.CURRENT)
    probe_by = models.DateTimeField(_("next probe"))
    probed_at = models.DateTimeField(_("probed"), null=True)
    reviewed_at = models.DateTimeField(_("reviewed by a person"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("reviewed by")
    )
    review_by = models.DateTimeField(_("review by"), null=True)
    differences = models.JSONField(_("differences"), default=list)
    note = models.TextField(_("what was seen"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("accuracy check")
        verbose_name_plural = _("accuracy checks")
        default_permissions = ("view",)
        permissions = [("work_accuracycheck", _("Can check the accuracy of live listings"))]
        indexes = [
            models.Index(fields=["probe_by", "id"], name="accuracy_probe"),
            models.Index(fields=["reviewed_at", "id"], name="accuracy_review"),
            models.Index(fields=["state", "-id"], name="accuracy_state"),
        ]

    def __str__(self) -> str:
        return str(self.product)
