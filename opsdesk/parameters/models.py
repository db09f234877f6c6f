"""The overrides that supervisors make: append-only, the newest of a code is in force."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ParameterOverride(models.Model):
    code = models.CharField(_("parameter"), max_length=60)
    number = models.BigIntegerField(_("value"))
    reason = models.CharField(_("reason"), max_length=500)
    set_by = models.CharField(_("set by"), max_length=150)
    set_at = models.DateTimeField(_("set at"), db_default=Now())

    class Meta:
        verbose_name = _("parameter override")
        verbose_name_plural = _("parameter overrides")
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["code", "-id"], name="parameter_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code
