"""Handover notes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common.records import PublicIdField, Record
from opsdesk.handover.enums import HandoverState
from opsdesk.inbox.models import WorkItem


def _person(label: Any, **options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options)


class HandoverNote(Record):
    """What one shift of a desk leaves to the next; the giver signs by writing it, the receiver by accepting it."""

    public_id = PublicIdField(prefix="hov")
    desk = models.CharField(_("desk"), max_length=30, choices=Role)
    state = models.CharField(_("state"), max_length=10, choices=HandoverState, default=HandoverState.GIVEN)
    given_by = _person(_("handed over by"))
    given_at = models.DateTimeField(pgettext_lazy("shift", "handed over"))
    remark = models.TextField(_("remark"), blank=True)
    more = models.PositiveIntegerField(_("open beyond these"), default=0)
    accept_by = models.DateTimeField(_("take over until"))
    answered_by = _person(_("answered by"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("shift handover")
        verbose_name_plural = _("shift handovers")
        default_permissions = ("view",)
        permissions = [
            ("oversee_handovernote", _("See the handovers of all desks")),
            ("give_handovernote", _("Hand over a shift")),
            ("accept_handovernote", _("Take over a shift")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "given_by"], condition=Q(state=HandoverState.GIVEN), name="handover_one_waiting"
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("given_by")), name="handover_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.get_desk_display()} {self.given_by}"


class HandoverLine(models.Model):
    """One piece of open work that the note names."""

    note = models.ForeignKey(HandoverNote, models.CASCADE, related_name="lines")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="+", verbose_name=_("work"))
    due_at = models.DateTimeField(_("due"))
    claimed = models.BooleanField(_("was in work"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a handover")
        verbose_name_plural = _("lines of a handover")
        default_permissions = ()
        ordering = ("due_at", "id")
        constraints = [models.UniqueConstraint(fields=["note", "item"], name="handover_item_once")]

    def __str__(self) -> str:
        return str(self.item)
