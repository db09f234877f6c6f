"""Returns: what customers want to give back, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.returns import Disposition, EvidenceKind, FreightPayer, Inspection, ReturnReason, ReturnState, ReturnType


class ReturnPolicy(Record):
    """One version of what the shop promises for the goods of a category, or for all goods. Never changed: a new version
    takes its place from a moment on. SOP: O20"""

    public_id = PublicIdField(prefix="rpo")
    category = models.ForeignKey("catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    from_at = models.DateTimeField(_("in force from"), db_default=Now())
    no_reason = models.BooleanField(_("7 days without a reason"), default=True)
    freight = models.CharField(_("way back paid by"), max_length=10, choices=FreightPayer, default=FreightPayer.FAULT)
    clause = models.TextField(_("conditions"), max_length=1000)
    process = models.TextField(_("process"), max_length=1000, blank=True)
    notices = models.TextField(_("to be noted"), max_length=1000, blank=True)
    author = models.CharField(_("written by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("return policy")
        verbose_name_plural = _("return policies")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["category", "from_at"], nulls_distinct=False, name="returnpolicy_one_from"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ReturnRequest(Record):
    """One request of one order. `paused_at` is since when the customer, and not we, has the next step.

    `solution_due` and `finish_due` are moved on by every pause; `strict_due` never is.
    SOP: O20, S8
    """

    public_id = PublicIdField(prefix="ret")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="returns", verbose_name=_("order"))
    type = models.CharField(_("type"), max_length=20, choices=ReturnType)
    state = models.CharField(_("state"), max_length=20, choices=ReturnState, default=ReturnState.REQUESTED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    asked_by = models.CharField(_("asked for by"), max_length=150)
    requested_at = models.DateTimeField(_("requested"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    paused_at = models.DateTimeField(_("waits for the customer since"), null=True)
    solution_due = models.DateTimeField(_("solution by"))
    solved_at = models.DateTimeField(_("solution given"), null=True)
    finish_due = models.DateTimeField(_("finished by, our time"))
    strict_due = models.DateTimeField(_("finished by, strict"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    solution_late_at = models.DateTimeField(_("solution late since"), null=True)
    finish_late_at = models.DateTimeField(_("late since"), null=True)
    refusal = models.CharField(_("why it was rejected"), max_length=500, blank=True)
    clause = models.CharField(_("policy clause"), max_length=300, blank=True)
    carrier = models.ForeignKey("orders.Carrier", models.PROTECT, null=True, related_name="+", verbose_name=_("carrier"))
    tracking_no = models.CharField(_("tracking number"), max_length=32, blank=True)
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, null=True, related_name="+", verbose_name=_("warehouse"))
    replacement = models.OneToOneField(
        "orders.Order", models.PROTECT, null=True, related_name="+", verbose_name=_("exchange order")
    )

    class Meta(Record.Meta):
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        default_permissions = ("view",)
        permissions = [
            ("add_return", _("Enter returns")),
            ("decide_return", _("Decide on returns")),
            ("decide_large_return", _("Decide on returns above the limit")),
            ("receive_return", _("Receive and inspect returned goods")),
            ("judge_dispute", _("Decide disputes on returns")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="return_amount_not_negative"),
            models.CheckConstraint(condition=Q(replacement=None) | ~Q(replacement=F("order")), name="return_other_order"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="return_state"),
            models.Index(fields=["xid", "id"], name="return_feed"),
            models.Index(fields=["tracking_no"], name="return_tracking_no", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["solution_due"],
                name="return_solution_due",
                condition=Q(solved_at=None, finished_at=None, solution_late_at=None, paused_at=None),
            ),
            models.Index(
                fields=["finish_due"],
                name="return_finish_due",
                condition=Q(finished_at=None, finish_late_at=None, paused_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)


class ReturnLine(models.Model):
    """Pieces of an order line that come back, and what the warehouse found."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="+", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))
    reason_code = models.CharField(_("reason"), max_length=20, choices=ReturnReason)
    policy = models.ForeignKey(ReturnPolicy, models.PROTECT, null=True, related_name="+", verbose_name=_("return policy"))
    accepted = models.PositiveIntegerField(_("accepted"), null=True)
    inspection = models.CharField(_("inspection"), max_length=10, choices=Inspection, blank=True)
    disposition = models.CharField(_("disposition"), max_length=10, choices=Disposition, blank=True)

    class Meta:
        verbose_name = _("returned line")
        verbose_name_plural = _("returned lines")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "order_line"], name="returnline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="returnline_of_something"),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(accepted__lte=F("quantity")), name="returnline_accepted_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.order_line_id}"


class ReturnEvidence(models.Model):
    """A photo or video that the customer sent. SOP: S8"""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="evidence")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    shows = models.CharField(_("shows"), max_length=10, choices=EvidenceKind, default=EvidenceKind.OTHER)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.file_id)
