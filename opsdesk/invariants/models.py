"""When the books were checked, and what was found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvariantRun(models.Model):
    """One check of all invariants. `results` has a row for each: code, breaches, seconds. Never changed."""

    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)
    broken = models.PositiveSmallIntegerField(_("broken"))
    results = models.JSONField(_("results"))

    class Meta:
        verbose_name = _("check of the books")
        verbose_name_plural = _("checks of the books")
        default_permissions = ("view",)
        permissions = [("check_invariants", _("Check the books"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
