"""What customers were promised when they complained, what became of it, and what the complaint taught."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.sla import PromiseState
from support.models.ticket import Ticket


class Promise(Record):
    """A time and a result that a customer was promised. The next promise after a broken one is another row.

    SOP: S9
    """

    public_id = PublicIdField(prefix="prm")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="promises", verbose_name=_("ticket"))
    result = models.TextField(_("promised result"), max_length=1000)
    due_at = models.DateTimeField(_("promised by"))
    state = models.CharField(_("state"), max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(pgettext_lazy("promise", "given by"), max_length=150)
    given_user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)
    note = models.TextField(_("what happened"), max_length=1000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        default_permissions = ("view",)
        permissions = [("give_promise", _("Give promises to customers and say what became of them"))]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="open"), name="promise_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="promise_closed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="promise_state"),
            models.Index(fields=["due_at"], name="promise_due", condition=Q(state="open")),
            models.Index(fields=["given_user", "-id"], name="promise_giver"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ComplaintReview(Record):
    """Why a complaint came about, and what keeps it from coming again. SOP: S9"""

    public_id = PublicIdField(prefix="cpr")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="review", verbose_name=_("ticket"))
    root_cause = models.TextField(_("root cause"), max_length=2000)
    prevention = models.TextField(_("prevention"), max_length=2000)
    written_at = models.DateTimeField(_("written"))
    written_by = models.CharField(_("by"), max_length=150)

    class Meta(Record.Meta):
        verbose_name = _("cause of a complaint")
        verbose_name_plural = _("causes of complaints")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.ticket)
