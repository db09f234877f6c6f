"""Goods and suppliers that come back too often, and what was done about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.records import PublicIdField, Record
from orders.enums.returns import ImprovementState, RateOf


class ReturnImprovement(Record):
    """Something came back above the limit: what was done, and the rate of the days that followed it.

    Rates are returned pieces of the pieces that were handed over in the measured days. What did not help is kept, and a new
    round with an owner of its own follows it.
    SOP: O22
    """

    public_id = PublicIdField(prefix="rim")
    kind = models.CharField(_("kind"), max_length=10, choices=RateOf)
    key = models.CharField(_("of"), max_length=120)
    state = models.CharField(_("state"), max_length=12, choices=ImprovementState, default=ImprovementState.OPEN)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following", verbose_name=_("round before"))
    owner_role = models.CharField(_("owner"), max_length=40, choices=Role, default=Role.PRODUCT_SPECIALIST)
    opened_at = models.DateTimeField(_("opened"))
    shipped = models.PositiveIntegerField(_("pieces shipped"))
    returned = models.PositiveIntegerField(_("pieces returned"))
    limit_percent = models.PositiveSmallIntegerField(_("limit (percent)"))
    due_at = models.DateTimeField(_("measure by"))
    measure = models.TextField(_("measure"), max_length=1000, blank=True)
    measured_by = models.CharField(_("decided by"), max_length=150, blank=True)
    watched_from = models.DateTimeField(_("watched from"), null=True)
    judge_at = models.DateTimeField(_("judged on"), null=True)
    shipped_after = models.PositiveIntegerField(_("pieces shipped afterwards"), null=True)
    returned_after = models.PositiveIntegerField(_("pieces returned afterwards"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        default_permissions = ("view",)
        permissions = [
            ("improve_return", _("Decide on measures against returns")),
            ("reopen_improvement", _("Open a new round of measures against returns")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(closed_at=None), name="improvement_one_open"),
            models.CheckConstraint(
                condition=~Q(state=ImprovementState.WATCHED) | Q(judge_at__isnull=False), name="improvement_watched_until"
            ),
        ]
        indexes = [
            models.Index(fields=["judge_at"], name="improvement_to_judge", condition=Q(state=ImprovementState.WATCHED)),
            models.Index(fields=["key"], name="improvement_key_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        again = f" #{self.round}" if self.round > 1 else ""
        return f"{self.get_kind_display()} {self.key}{again}"
