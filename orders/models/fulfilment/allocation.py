"""From which warehouse an order is served, and why."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.fulfilment import AllocationOutcome


class AllocationRule(Record):
    """A warehouse for a region. The lowest priority is looked at first; empty lists mean "any". SOP: O8"""

    public_id = PublicIdField(prefix="alr")
    name = models.CharField(_("name"), max_length=60)
    priority = models.PositiveSmallIntegerField(_("priority"), help_text=_("The lowest number is looked at first."))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    shop = models.ForeignKey(
        "shops.Shop",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shop"),
        help_text=_("Empty: all."),
    )
    provinces = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("provinces served"),
        default=list,
        blank=True,
        help_text=_("Separated by commas; empty: all."),
    )
    carriers = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("carriers that reach the region"),
        default=list,
        blank=True,
        help_text=_("The first one in use is taken; empty: no matter which."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("allocation rule")
        verbose_name_plural = _("allocation rules")
        default_permissions = ("add", "change", "view")
        indexes = [models.Index(fields=["priority", "id"], name="allocationrule_order")]

    def __str__(self) -> str:
        return self.name


class Allocation(models.Model):
    """One decision, with every warehouse that was looked at. The newest one is `current`. SOP: O8

    `looked_at` is a list of {warehouse, rule, verdict, missing: {sku: pieces}}.
    """

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="allocations", verbose_name=_("order"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, null=True, related_name="+", verbose_name=_("warehouse"))
    carrier = models.ForeignKey("orders.Carrier", models.PROTECT, null=True, related_name="+", verbose_name=_("carrier"))
    rule = models.ForeignKey(AllocationRule, models.PROTECT, null=True, related_name="+", verbose_name=_("rule"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=AllocationOutcome)
    looked_at = models.JSONField(_("looked at"), default=list)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    current = models.BooleanField(default=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order"], condition=Q(current=True), name="allocation_one_current")]
        indexes = [models.Index("order", F("id").desc(), name="allocation_of_order")]

    def __str__(self) -> str:
        return self.outcome
