"""What follows a completed order: asking some customers whether they are satisfied, inviting them to a review."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.completion import InvitationState, SatisfactionOutcome, SatisfactionState


class SatisfactionContact(Record):
    """Asking the customer of one completed order whether all is well; only a sample of the orders has one.

    `ask_at` is when the customer is to be asked (again); None while the work stands in a person's queue.
    SOP: O19
    """

    public_id = PublicIdField(prefix="sat")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="satisfaction", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=10, choices=SatisfactionState, default=SatisfactionState.PLANNED)
    ask_at = models.DateTimeField(_("ask at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    outcome = models.CharField(_("outcome"), max_length=20, choices=SatisfactionOutcome, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("recorded by"), max_length=150, blank=True)
    remedy = models.CharField(_("what was done"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("satisfaction contact")
        verbose_name_plural = _("satisfaction contacts")
        default_permissions = ("view",)
        permissions = [
            ("work_satisfactioncontact", _("Ask customers whether they are satisfied")),
            ("remedy_satisfactioncontact", _("Put complaints of satisfaction contacts right")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__gte=1, stars__lte=5), name="satisfaction_stars"),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="satisfaction_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ask_at"],
                name="satisfaction_due",
                condition=Q(state__in=["planned", "open"], ask_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)


class ReviewInvitation(Record):
    """Inviting the customer of one completed order to a review, once. `due_at` is when to look at it (again). SOP: O19"""

    public_id = PublicIdField(prefix="inv")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="invitation", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=10, choices=InvitationState, default=InvitationState.WAITING)
    due_at = models.DateTimeField(_("due"), null=True)
    give_up_at = models.DateTimeField(_("not later than"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("review invitation")
        verbose_name_plural = _("review invitations")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", due_at__isnull=False, sent_at=None)
                | Q(state="sent", due_at=None, sent_at__isnull=False)
                | Q(state="withheld", due_at=None, sent_at=None),
                name="invitation_sent_when",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="invitation_due", condition=Q(state="waiting")),
            models.Index(fields=["sent_at"], name="invitation_sent", condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return str(self.order)
