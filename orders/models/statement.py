"""What a selling platform says that it has paid, and where it disagrees with our settlement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.finance import DifferenceKind, DifferenceState
from orders.models.settlement import ONLY_WHILE_OPEN, SettlementBatch


class StatementLine(models.Model):
    """One order of the platform's statement. `subsidy` is the part of the discount that the platform bears. SOP: O15"""

    batch = models.ForeignKey(
        SettlementBatch, models.PROTECT, related_name="statement", verbose_name=_("settlement of a period")
    )
    external_id = models.CharField(_("platform number"), max_length=100)
    amount = models.DecimalField(_("amount received"), max_digits=12, decimal_places=2)
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2)
    subsidy = models.DecimalField(_("discount borne by the platform"), max_digits=12, decimal_places=2, null=True)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("line of the statement")
        verbose_name_plural = _("lines of the statement")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "external_id"], name="statement_line_once")]
        triggers = [ONLY_WHILE_OPEN]

    def __str__(self) -> str:
        return self.external_id


class StatementDifference(Record):
    """An order on which our settlement and the statement disagree; finance resolves it with a reason. SOP: O15"""

    public_id = PublicIdField(prefix="dif")
    batch = models.ForeignKey(
        SettlementBatch, models.PROTECT, related_name="differences", verbose_name=_("settlement of a period")
    )
    external_id = models.CharField(_("platform number"), max_length=100)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=20, choices=DifferenceKind)
    state = models.CharField(_("state"), max_length=10, choices=DifferenceState, default=DifferenceState.OPEN)
    ours = models.DecimalField(_("our amount"), max_digits=12, decimal_places=2)
    theirs = models.DecimalField(_("the platform's amount"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    adjustment = models.OneToOneField(
        "orders.SettlementRow", models.PROTECT, null=True, related_name="+", verbose_name=_("adjustment")
    )
    resolved_at = models.DateTimeField(pgettext_lazy("difference", "resolved"), null=True)
    resolved_by = models.CharField(_("resolved by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("difference from the statement")
        verbose_name_plural = _("differences from the statement")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "external_id"], name="difference_once"),
            models.CheckConstraint(
                condition=(Q(state="resolved", resolved_at__isnull=False) & ~Q(reason="")) | ~Q(state="resolved"),
                name="difference_resolved_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="difference_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["batch", "-id"], name="difference_of_batch"),
            models.Index(fields=["batch"], name="difference_open", condition=Q(state="open")),
        ]
        triggers = [*Record.Meta.triggers, ONLY_WHILE_OPEN]

    def __str__(self) -> str:
        return self.external_id
