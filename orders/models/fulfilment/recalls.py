"""Cancellations of orders that the warehouse system has taken over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.fulfilment import RecallState


class WarehouseRecall(Record):
    """The question to the warehouse system whether an order can still be stopped. The order is cancelled when the answer
    is yes, and not before; the public id makes asking twice harmless. SOP: O18"""

    public_id = PublicIdField(prefix="rcl")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="recall", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=12, choices=RecallState, default=RecallState.WAITING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    asked_at = models.DateTimeField(pgettext_lazy("cancellation", "asked"))
    asked_by = models.CharField(_("asked by"), max_length=150)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True)
    sent_at = models.DateTimeField(_("last sent"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    last_error = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("cancellation at the warehouse")
        verbose_name_plural = _("cancellations at the warehouse")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["next_try_at"], name="recall_due", condition=Q(state="waiting")),
            models.Index(fields=["state", "-id"], name="recall_state"),
        ]

    def __str__(self) -> str:
        return str(self.order)
