"""How many agents are planned for the hours of holidays and peaks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record


class StaffedHour(Record):
    """The agents planned for one hour of one Shanghai day. SOP: S20"""

    day = models.DateField(_("day"))
    hour = models.PositiveSmallIntegerField(_("hour"))
    agents = models.PositiveSmallIntegerField(_("agents planned"))
    planned_by = models.CharField(_("by"), max_length=150)

    class Meta(Record.Meta):
        verbose_name = _("staffed hour")
        verbose_name_plural = _("staffing plan")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["day", "hour"], name="staffedhour_once"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="staffedhour_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.hour:02}:00"
