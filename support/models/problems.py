"""What customers complain of most: the problems, the day's digest, and what is done about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common.records import PublicIdField, Record
from support.enums.voice import ActionState


class Problem(Record):
    """A problem that supervisors watch, such as slow logistics. A ticket has the first one in order of which a word, on a
    line of its own, stands in its text.

    SOP: S12
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    words = models.TextField(_("words in the text"), max_length=1000)
    owner_role = models.CharField(_("desk that acts"), max_length=40, choices=Role)
    position = models.PositiveSmallIntegerField(_("order of problems"), default=100)
    active = models.BooleanField(pgettext_lazy("rule", "in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        default_permissions = ("view", "change")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class TicketProblem(Record):
    """The problem of a ticket, as the digest of its day found it. SOP: S12"""

    ticket = models.OneToOneField("support.Ticket", models.PROTECT, related_name="problem", verbose_name=_("ticket"))
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+", verbose_name=_("problem"))
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta(Record.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=["shop", "problem", "opened_at"], name="ticket_problem_when")]

    def __str__(self) -> str:
        return str(self.problem)


class DailyDigest(Record):
    """What a shop's customers wrote of on one Shanghai day. `lines` is the Pareto: problem or type, how many tickets, the mean
    of the seven days before, the products named most. It is written once and stays.

    SOP: S12
    """

    public_id = PublicIdField(prefix="dig")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    day = models.DateField(_("day"))
    opened = models.PositiveIntegerField(_("tickets opened"))
    resolved = models.PositiveIntegerField(_("tickets resolved"))
    waiting = models.PositiveIntegerField(_("tickets still open"))
    breached = models.PositiveIntegerField(_("deadlines missed"))
    rated = models.PositiveIntegerField(_("ratings"))
    stars = models.PositiveIntegerField(_("stars together"))
    lines = models.JSONField(default=list)
    made_at = models.DateTimeField(_("made"))

    class Meta(Record.Meta):
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.shop}"


class ProblemAction(Record):
    """A problem that came too often: what was done, and how often it came in the days that followed.

    Rates are tickets of the problem per hundred orders that the shop handed over in the same days. Nobody closes it by
    hand: the rate does, and what did not help is followed by a new round.
    SOP: S12
    """

    public_id = PublicIdField(prefix="pac")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+", verbose_name=_("problem"))
    digest = models.ForeignKey(DailyDigest, models.PROTECT, null=True, related_name="actions", verbose_name=_("daily digest"))
    state = models.CharField(_("state"), max_length=12, choices=ActionState, default=ActionState.OPEN)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following", verbose_name=_("round before"))
    owner_role = models.CharField(_("desk that acts"), max_length=40, choices=Role)
    opened_at = models.DateTimeField(_("opened"))
    tickets_before = models.PositiveIntegerField(_("tickets before"))
    orders_before = models.PositiveIntegerField(_("orders before"))
    products = models.JSONField(_("products named most"), default=list)
    drop_percent = models.PositiveSmallIntegerField(_("must fall by (percent)"))
    due_at = models.DateTimeField(_("measure by"))
    measure = models.TextField(_("measure"), max_length=1000, blank=True)
    measured_by = models.CharField(_("decided by"), max_length=150, blank=True)
    watched_from = models.DateTimeField(_("watched from"), null=True)
    judge_at = models.DateTimeField(_("judged on"), null=True)
    tickets_after = models.PositiveIntegerField(_("tickets afterwards"), null=True)
    orders_after = models.PositiveIntegerField(_("orders afterwards"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("measure against a problem")
        verbose_name_plural = _("measures against problems")
        default_permissions = ("view",)
        permissions = [("act_on_problem", _("Decide on measures against problems of customers"))]
        constraints = [
            models.UniqueConstraint(fields=["shop", "problem"], condition=Q(closed_at=None), name="problem_action_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "watched"], closed_at=None)
                | Q(
                    state__in=["improved", "not_improved"],
                    closed_at__isnull=False,
                    tickets_after__isnull=False,
                    orders_after__isnull=False,
                ),
                name="problem_action_closed_by_metric",
            ),
            models.CheckConstraint(
                condition=~Q(state="watched") | (Q(judge_at__isnull=False) & ~Q(measure="")), name="problem_action_watched"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="problem_action_state"),
            models.Index(fields=["judge_at"], name="problem_action_to_judge", condition=Q(state="watched")),
        ]

    def __str__(self) -> str:
        again = f" #{self.round}" if self.round > 1 else ""
        return f"{self.problem}{again}"
