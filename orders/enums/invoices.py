"""Vocabulary of invoices that customers ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvoiceParty(models.TextChoices):
    """In whose name the invoice is made out. SOP: O7"""

    PERSON = "person", pgettext_lazy("invoice", "Person")
    COMPANY = "company", pgettext_lazy("invoice", "Company")


class InvoiceState(models.TextChoices):
    """Where a request for an invoice stands. SOP: O7"""

    REQUESTED = "requested", pgettext_lazy("invoice", "Requested")
    ISSUED = "issued", pgettext_lazy("invoice", "Issued")
    RED_LETTER_DUE = "red_letter_due", _("Red-letter invoice wanted")
    RED_LETTERED = "red_lettered", _("Red-letter invoice issued")
    CANCELLED = "cancelled", _("Cancelled")
