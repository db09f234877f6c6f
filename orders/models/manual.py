"""How an order that staff entered came about, and what of another order it sends again."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.manual import EntryChannel, EntryState, ReshipCause


class ManualEntry(Record):
    """One order that a person entered: how it came, at which price, and who agreed to it. `key` is the form's own number:
    sent twice, it is one order. `quoted_amount` is what the goods cost by the catalogue.

    `original`, `cause` and `source_id` are filled when goods are sent again. SOP: O1
    """

    public_id = PublicIdField(prefix="man")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="entry", verbose_name=_("order"))
    key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=EntryChannel)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.STANDS)
    quoted_amount = models.DecimalField(_("by the catalogue"), max_digits=12, decimal_places=2)
    asked_amount = models.DecimalField(_("asked for"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered"))
    due_at = models.DateTimeField(_("decide by"), null=True)
    approver = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    original = models.ForeignKey(
        "orders.Order", models.PROTECT, null=True, related_name="resent", verbose_name=_("sends again")
    )
    cause = models.CharField(_("cause"), max_length=20, choices=ReshipCause, blank=True)
    source_id = models.CharField(_("decided for"), max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("order entered by hand")
        verbose_name_plural = _("orders entered by hand")
        default_permissions = ("view",)
        permissions = [
            ("enter_order", _("Enter orders by hand")),
            ("reship_order", _("Send goods again for nothing")),
            ("approve_price", _("Approve prices that were entered by hand")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approver=None) | Q(author=None) | ~Q(approver=F("author")), name="manualentry_second_person"
            ),
            models.CheckConstraint(
                condition=Q(channel=EntryChannel.RESHIP, original__isnull=False) & ~Q(cause="")
                | ~Q(channel=EntryChannel.RESHIP) & Q(original=None, cause=""),
                name="manualentry_reship_of_what",
            ),
            models.CheckConstraint(condition=Q(original=None) | ~Q(original=F("order")), name="manualentry_other_order"),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="manualentry_state")]

    def __str__(self) -> str:
        return str(self.order)


class ReshipLine(models.Model):
    """Pieces of an order line that are sent again; they count against the line for as long as that order stands."""

    entry = models.ForeignKey(ManualEntry, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="resent", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))
    worth = models.DecimalField(_("worth"), max_digits=12, decimal_places=2, default=Decimal("0.00"))

    class Meta:
        verbose_name = _("line sent again")
        verbose_name_plural = _("lines sent again")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "order_line"], name="reshipline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reshipline_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.order_line_id}"
