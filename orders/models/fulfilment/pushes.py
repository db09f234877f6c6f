"""The hand-over of released orders to the warehouse system."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.fulfilment import PushState


class WarehousePush(Record):
    """One order on its way to the warehouse system; its public id makes sending it twice harmless. SOP: O6

    What is sent is drawn from the order when it is sent: no personal data is kept here.
    """

    public_id = PublicIdField(prefix="psh")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="push", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=12, choices=PushState, default=PushState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("released to be sent"))
    next_try_at = models.DateTimeField(_("next attempt"), null=True)
    sent_at = models.DateTimeField(_("last sent"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    reference = models.CharField(_("number at the warehouse"), max_length=100, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("hand-over to the warehouse system")
        verbose_name_plural = _("hand-overs to the warehouse system")
        default_permissions = ("view",)
        permissions = [("work_warehousepush", _("Settle hand-overs to the warehouse system"))]
        indexes = [
            models.Index(fields=["next_try_at"], name="push_due", condition=Q(state="waiting")),
            models.Index(fields=["state", "-id"], name="push_state"),
        ]

    def __str__(self) -> str:
        return str(self.order)
