"""Policies of service levels and the clocks that count by them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.sla import ClockKind, ClockState, EndReason
from support.models.ticket import Ticket

LIVE = (ClockKind.ACK, ClockKind.FIRST_RESPONSE_LIVE)


class SlaPolicy(models.Model):
    """One version of a policy, never changed: a change is the next version, an end is a version that is off.

    `match` has values by channel, stage, type, priority and shop; `targets` milliseconds by clock and kind of day;
    `frames` minutes of the day by kind of day and weekday; `always` the clocks that run around the clock.
    SOP: S3, S4a, S4b, S8
    """

    public_id = PublicIdField(prefix="slp")
    code = models.SlugField(_("code"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=100)
    active = models.BooleanField(pgettext_lazy("policy", "active"), default=True)
    rank = models.PositiveSmallIntegerField(_("rank"))
    match = models.JSONField(_("applies to"), default=dict)
    targets = models.JSONField(_("targets"), default=dict)
    frames = models.JSONField(_("working time"), default=dict)
    always = models.JSONField(_("around the clock"), default=list)
    from_at = models.DateTimeField(_("in force from"))
    reason = models.CharField(_("reason"), max_length=500)
    author = models.CharField(_("author"), max_length=150)

    class Meta:
        verbose_name = _("service level policy")
        verbose_name_plural = _("service level policies")
        default_permissions = ("view", "change")
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="slapolicy_one_number")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class TicketClock(Record):
    """One deadline of one ticket in one episode, with the policy version that it counts by (None: the SOP's standard).

    `pauses` are pairs of times; `to_tell` waits for the shift's digest; `spent_ms` is the open time that the answer took;
    `seen_at` is when the breach was noted, `breached_at` when it happened. A clock that was late stays late.
    SOP: S3, S4a, S4b, S8, S9
    """

    public_id = PublicIdField(prefix="clk")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="clocks", verbose_name=_("ticket"))
    kind = models.CharField(pgettext_lazy("clock", "clock"), max_length=20, choices=ClockKind)
    episode = models.PositiveSmallIntegerField(_("episode"), default=0)
    policy = models.ForeignKey(SlaPolicy, models.PROTECT, null=True, related_name="+", verbose_name=_("policy"))
    target_ms = models.PositiveBigIntegerField(_("target (ms)"))
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("due"))
    paused_at = models.DateTimeField(_("paused since"), null=True)
    paused_ms = models.PositiveBigIntegerField(_("paused (ms)"), default=0)
    pauses = models.JSONField(default=list)
    met_at = models.DateTimeField(_("met"), null=True)
    met_by = models.CharField(_("by"), max_length=150, blank=True)
    spent_ms = models.PositiveBigIntegerField(_("took (ms)"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.CharField(_("why"), max_length=20, choices=EndReason, blank=True)
    breached_at = models.DateTimeField(_("overdue since"), null=True)
    seen_at = models.DateTimeField(_("noted"), null=True)
    steps_taken = models.PositiveSmallIntegerField(_("escalations"), default=0)
    next_step_at = models.DateTimeField(null=True)
    to_tell = models.BooleanField(default=False)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("clock", "clock")
        verbose_name_plural = pgettext_lazy("clock", "clocks")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind"], condition=Q(met_at=None, ended_at=None), name="clock_one_open"),
            models.CheckConstraint(condition=Q(met_at=None) | Q(ended_at=None), name="clock_met_or_ended"),
            models.CheckConstraint(
                condition=Q(met_at=None) | (Q(met_at__gte=F("started_at")) & Q(spent_ms__isnull=False)), name="clock_met_later"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(met_at=None, ended_at=None, next_step_at=None), name="clock_paused_is_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_at"],
                name="clock_next_step",
                condition=Q(met_at=None, ended_at=None, next_step_at__isnull=False),
            ),
            models.Index(fields=["due_at"], name="clock_open_due", condition=Q(met_at=None, ended_at=None)),
            models.Index(
                fields=["next_step_at"],
                name="clock_live",
                condition=Q(met_at=None, ended_at=None, kind__in=LIVE, next_step_at__isnull=False),
            ),
            models.Index(
                fields=["met_at"],
                name="clock_answered",
                condition=Q(kind__in=[ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE], met_at__isnull=False),
            ),
            models.Index(fields=["-id"], name="clock_late", condition=Q(breached_at__isnull=False)),
            models.Index(fields=["id"], name="clock_to_tell", condition=Q(to_tell=True)),
            models.Index(fields=["kind", "-id"], name="clock_kind"),
            models.Index(fields=["started_at"], name="clock_live_history", condition=Q(kind=ClockKind.FIRST_RESPONSE_LIVE)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """True while it runs or is paused."""
        return self.met_at is None and self.ended_at is None

    @property
    def state(self) -> ClockState:
        """How it stands by what is recorded."""
        if self.ended_at:
            return ClockState.BREACHED if self.breached_at else ClockState.ENDED
        if self.met_at:
            return ClockState.LATE if self.breached_at else ClockState.MET
        if self.breached_at:
            return ClockState.BREACHED
        return ClockState.PAUSED if self.paused_at else ClockState.RUNNING


class SlaBasis(models.Model):
    """What the open clocks were last reckoned by: one row. When it changes, they are reckoned anew, by one at a time:
    whoever does it holds it since `claimed_at`.
    """

    fingerprint = models.CharField(max_length=64)
    reckoned_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.fingerprint
