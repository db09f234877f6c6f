"""Rules of taking goods off sale, and the questions that come of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.delisting import SCANNED, DelistMode, DelistState
from catalog.enums.listings import DelistReason
from opsdesk.common.records import PublicIdField, Record

_REASONS = [(reason.value, reason.label) for reason in SCANNED]


class DelistPolicy(Record):
    """What happens to goods of a category for a reason; holds below it as well. Without one, a person is asked. SOP: C20"""

    category = models.ForeignKey("catalog.Category", models.PROTECT, related_name="+", verbose_name=_("category"))
    reason = models.CharField(_("reason"), max_length=20, choices=_REASONS)
    mode = models.CharField(_("what happens"), max_length=10, choices=DelistMode, default=DelistMode.ASK)

    class Meta(Record.Meta):
        verbose_name = _("delist rule")
        verbose_name_plural = _("delist rules")
        default_permissions = ("add", "change", "view")
        constraints = [models.UniqueConstraint(fields=["category", "reason"], name="delistpolicy_once")]

    def __str__(self) -> str:
        return f"{self.category} {self.get_reason_display()}"


class SoldOut(models.Model):
    """A product on sale without a piece that can be sold, since the look that saw it first. SOP: C20"""

    product = models.OneToOneField("catalog.Product", models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.product_id} {self.since:%Y-%m-%d %H:%M}"


class DelistProposal(Record):
    """The question whether a live listing should go off sale, with its answer. SOP: C20"""

    public_id = PublicIdField(prefix="dlp")
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="+", verbose_name=_("listing"))
    reason = models.CharField(_("reason"), max_length=20, choices=DelistReason)
    state = models.CharField(_("state"), max_length=10, choices=DelistState, default=DelistState.OPEN)
    detail = models.CharField(_("what was found"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("found"))
    due_at = models.DateTimeField(_("decide by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    note = models.CharField(_("reason it stays"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("question of delisting")
        verbose_name_plural = _("questions of delisting")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["revision", "reason"], condition=Q(state="open"), name="delistproposal_one_open")
        ]
        indexes = [models.Index(fields=["state", "-id"], name="delistproposal_state")]

    def __str__(self) -> str:
        return f"{self.revision} {self.get_reason_display()}"
