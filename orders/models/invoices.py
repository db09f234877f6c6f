"""Invoices that customers ask for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.invoices import InvoiceParty, InvoiceState

LIVE = (InvoiceState.REQUESTED, InvoiceState.ISSUED, InvoiceState.RED_LETTER_DUE)


class InvoiceRequest(Record):
    """One invoice that one customer asked for. The title, the tax id and the e-mail are personal data of the request alone.

    An order has one live request at most. SOP: O7
    """

    public_id = PublicIdField(prefix="inv")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="invoices", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=20, choices=InvoiceState, default=InvoiceState.REQUESTED)
    party = models.CharField(_("made out to"), max_length=10, choices=InvoiceParty)
    title = models.CharField(pgettext_lazy("invoice", "title"), max_length=100)
    tax_id = models.CharField(_("tax id"), max_length=18, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    asked_by = models.CharField(_("asked for by"), max_length=150)
    asked_at = models.DateTimeField(_("asked for"))
    due_at = models.DateTimeField(_("issue by"), null=True)
    number = models.CharField(_("invoice number"), max_length=40, blank=True)
    issued_at = models.DateTimeField(_("issued"), null=True)
    issued_by = models.CharField(_("issued by"), max_length=150, blank=True)
    file = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    red_number = models.CharField(_("red-letter number"), max_length=40, blank=True)
    red_file = models.OneToOneField(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("red-letter file")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("invoice request")
        verbose_name_plural = _("invoice requests")
        default_permissions = ("view",)
        permissions = [("request_invoice", _("Ask for invoices")), ("issue_invoice", _("Issue invoices"))]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(state__in=LIVE), name="invoice_one_live"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="invoice_number_once"),
            models.UniqueConstraint(fields=["red_number"], condition=~Q(red_number=""), name="invoice_red_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_of_something"),
            models.CheckConstraint(condition=Q(party=InvoiceParty.PERSON) | ~Q(tax_id=""), name="invoice_company_with_tax_id"),
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "red_letter_due", "red_lettered")) | ~Q(number=""),
                name="invoice_issued_with_number",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="invoice_state"),
            models.Index(fields=["number"], name="invoice_number", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return str(self.order)
