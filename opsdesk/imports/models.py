"""Imports and what became of their rows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from opsdesk.files.models import StoredFile
from opsdesk.imports.enums import ImportState, Outcome, Policy
from opsdesk.shops.models import Shop


class ImportFile(Record):
    """One uploaded table on its way into the shop's data.

    `done_until` is the number of the last row that this pass has dealt with: a pass that was broken off goes on there.
    """

    public_id = PublicIdField(prefix="imp")
    importer = models.CharField(_("import"), max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    header = ArrayField(models.TextField())
    encoding = models.CharField(_("encoding"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    policy = models.CharField(_("policy"), max_length=10, choices=Policy, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    existing = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    done_until = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    problem_params = models.JSONField(default=dict)

    class Meta(Record.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()
        indexes = [
            models.Index(fields=["importer", "-id"], name="importfile_newest"),
            models.Index(
                fields=["id"],
                name="importfile_waiting",
                condition=models.Q(state__in=[ImportState.UPLOADED, ImportState.APPLYING]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ImportRow(models.Model):
    """What became of one row; the cells are kept of refused rows only, to be corrected and uploaded again."""

    import_file = models.ForeignKey(ImportFile, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    label = models.CharField(_("object"), max_length=200, blank=True)
    cells = ArrayField(models.TextField(), default=list)
    issues = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["import_file", "number"], name="importrow_once")]
        indexes = [
            models.Index(
                fields=["import_file", "number"], name="importrow_refused", condition=models.Q(outcome=Outcome.REFUSED)
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
