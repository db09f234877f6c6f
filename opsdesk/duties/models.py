"""When each duty should have run, and when it did."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class DutyState(models.Model):
    """Since when a duty is expected to run; the tick's own row shows its heartbeat."""

    name = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class DutyRun(models.Model):
    """One slot of one duty."""

    duty = models.CharField(_("duty"), max_length=80)
    slot = models.DateTimeField(pgettext_lazy("time", "expected"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.RUNNING)
    hits = models.PositiveIntegerField(_("done"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    late = models.BooleanField(_("late"), default=False)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("duty run")
        verbose_name_plural = _("duty runs")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["duty", "slot"], name="dutyrun_one_a_slot")]

    def __str__(self) -> str:
        return self.duty
