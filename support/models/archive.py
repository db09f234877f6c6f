"""Archived tickets as they are found again, and the reports on them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common.records import PublicIdField, Record
from support.enums.tickets import Channel, SolutionType, TicketType
from support.enums.voice import ReportKind, ReportState, ReportTaskState


class ArchiveEntry(Record):
    """An archived ticket: what it was about, and the terms of all that was said, by which it is found.

    SOP: S13
    """

    ticket = models.OneToOneField("support.Ticket", models.PROTECT, related_name="archived", verbose_name=_("ticket"))
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    type = models.CharField(_("type"), max_length=20, choices=TicketType)
    solution_type = models.CharField(_("kind of solution"), max_length=20, choices=SolutionType, blank=True)
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    problem = models.ForeignKey("support.Problem", models.PROTECT, null=True, related_name="+", verbose_name=_("problem"))
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent"))
    root_cause = models.TextField(_("root cause"), max_length=2000, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    archived_at = models.DateTimeField(_("archived"))
    terms = ArrayField(models.CharField(max_length=40), default=list)

    class Meta(Record.Meta):
        verbose_name = _("archived ticket")
        verbose_name_plural = _("ticket archive")
        default_permissions = ("view",)
        indexes = [
            GinIndex(fields=["terms"], name="archive_terms"),
            models.Index(fields=["shop", "-id"], name="archive_shop"),
            models.Index(fields=["opened_at"], name="archive_opened"),
        ]

    def __str__(self) -> str:
        return str(self.ticket)


class VoiceReport(Record):
    """A shop's tickets of a week or a month by type, product, channel and cause, beside the period before; what follows from
    them. Days are Shanghai days, both included; `facts` are counted once and stay.

    SOP: S13, S21
    """

    public_id = PublicIdField(prefix="vrp")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    facts = models.JSONField()
    made_at = models.DateTimeField(_("made"))
    due_at = models.DateTimeField(_("conclusions by"))
    conclusions = models.TextField(_("conclusions"), max_length=4000, blank=True)
    published_at = models.DateTimeField(pgettext_lazy("report", "published"), null=True)
    published_by = models.CharField(_("published by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("service report")
        verbose_name_plural = _("service reports")
        default_permissions = ("view",)
        permissions = [("write_voicereport", _("Draw conclusions in service reports"))]
        constraints = [
            models.UniqueConstraint(fields=["shop", "kind", "first"], name="voicereport_once"),
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(published_at__isnull=False) & ~Q(conclusions="")),
                name="voicereport_published_with_conclusions",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="voicereport_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first} – {self.last}"


class ReportTask(Record):
    """What somebody does because of a report. SOP: S21"""

    public_id = PublicIdField(prefix="vtk")
    report = models.ForeignKey(VoiceReport, models.PROTECT, related_name="tasks", verbose_name=_("service report"))
    text = models.CharField(pgettext_lazy("report", "task"), max_length=500)
    role = models.CharField(_("desk that acts"), max_length=40, choices=Role)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=ReportTaskState, default=ReportTaskState.OPEN)
    result = models.TextField(_("result"), max_length=1000, blank=True)
    done_by = models.CharField(_("done by"), max_length=150, blank=True)
    done_at = models.DateTimeField(pgettext_lazy("task", "done"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("task from a report")
        verbose_name_plural = _("tasks from reports")
        default_permissions = ("view",)
        permissions = [("finish_reporttask", _("Finish tasks from service reports"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", done_at=None) | (Q(state="done", done_at__isnull=False) & ~Q(result="")),
                name="reporttask_done_with_result",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="reporttask_state")]

    def __str__(self) -> str:
        return self.text
