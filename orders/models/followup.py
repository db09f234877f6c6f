"""What is done about parcels and orders that do not arrive: carrier cases, contact tasks; and what finance settles."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.completion import ContactOutcome, SettlementState, TaskState
from orders.enums.tracking import CaseKind, CaseOutcome, CaseState


class CarrierCase(Record):
    """One episode of trouble with one parcel; a parcel has one open case at most. SOP: O14"""

    public_id = PublicIdField(prefix="cas")
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, related_name="cases", verbose_name=_("parcel"))
    kind = models.CharField(_("kind"), max_length=20, choices=CaseKind)
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    promise_due = models.DateTimeField(_("carrier answers by"), null=True)
    customer_told_at = models.DateTimeField(_("customer told"), null=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=CaseOutcome, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("carrier case")
        verbose_name_plural = _("carrier cases")
        default_permissions = ("view",)
        permissions = [("work_carriercase", _("Work on carrier cases"))]
        constraints = [
            models.UniqueConstraint(fields=["shipment"], condition=Q(state="open"), name="carriercase_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", outcome="", closed_at=None)
                | (Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")),
                name="carriercase_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.shipment)


class CarrierContact(models.Model):
    """One talk with the carrier about a case."""

    case = models.ForeignKey(CarrierCase, models.CASCADE, related_name="contacts")
    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)
    spoke_with = models.CharField(_("spoke with"), max_length=100)
    note = models.CharField(_("note"), max_length=500)
    promise_due = models.DateTimeField(_("carrier answers by"), null=True)

    class Meta:
        verbose_name = _("talk with the carrier")
        verbose_name_plural = _("talks with the carrier")
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.case_id)


class ContactTask(Record):
    """Asking a customer who has not confirmed receipt; an order has one open task at most.

    `next_contact_at` is when the customer is to be asked again; None while the work stands in a person's queue.
    SOP: O16
    """

    public_id = PublicIdField(prefix="ctk")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="contact_tasks", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    next_contact_at = models.DateTimeField(_("ask again"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    outcome = models.CharField(_("outcome"), max_length=20, choices=ContactOutcome, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("contact task")
        verbose_name_plural = _("contact tasks")
        default_permissions = ("view",)
        permissions = [("work_contacttask", _("Contact customers about receipt"))]
        constraints = [models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="contacttask_one_open")]
        indexes = [
            models.Index(
                fields=["next_contact_at"],
                name="contacttask_again",
                condition=Q(state="open", next_contact_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)


class ContactAttempt(models.Model):
    """One attempt to ask the customer, and what came of it."""

    task = models.ForeignKey(ContactTask, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)
    outcome = models.CharField(_("outcome"), max_length=20, choices=ContactOutcome)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.task_id)


class Settlement(Record):
    """What finance settles of a completed order: what was to be paid less what went back. SOP: O15"""

    public_id = PublicIdField(prefix="stl")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="settlement", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=10, choices=SettlementState, default=SettlementState.OPEN)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    due_since = models.DateTimeField(_("completed"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.CharField(_("settled by"), max_length=150, blank=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="settlement_not_negative"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | Q(state="settled", settled_at__isnull=False),
                name="settlement_settled_when",
            ),
        ]
        indexes = [
            models.Index(fields=["reference"], name="settlement_reference", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["state", "-id"], name="settlement_state"),
        ]

    def __str__(self) -> str:
        return str(self.order)
