"""Asking customers whether it is solved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from support.enums.solving import AskedBy, Said


class Confirmation(models.Model):
    """One time that somebody asked a customer whether a solution is one, and what came of it. Never changed. SOP: S10"""

    ticket = models.ForeignKey("support.Ticket", models.PROTECT, related_name="confirmations", verbose_name=_("ticket"))
    resolution = models.PositiveSmallIntegerField(_("solution no."))
    channel = models.CharField(_("asked by"), max_length=10, choices=AskedBy)
    said = models.CharField(_("what came of it"), max_length=10, choices=Said)
    words = models.TextField(_("what was said"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.CharField(_("by"), max_length=150)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["ticket", "-id"], name="confirmation_of_ticket")]

    def __str__(self) -> str:
        return f"{self.ticket} {self.said}"
