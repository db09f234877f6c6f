"""Sample audits of live listings, and the ledger of every error that was found, by whomever."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from catalog.enums.quality import AuditBasis, AuditState, CheckedField, ErrorKind, ErrorSource
from catalog.rules.quality.lifecycles import DONE, KEPT
from opsdesk.common.records import PublicIdField, Record


class QualityAudit(Record):
    """A sample of live listings, drawn with a recorded seed so that anybody can draw it again. SOP: C17"""

    public_id = PublicIdField(prefix="qau")
    basis = models.CharField(_("chosen"), max_length=10, choices=AuditBasis, default=AuditBasis.RANDOM)
    state = models.CharField(_("state"), max_length=10, choices=AuditState, default=AuditState.OPEN)
    seed = models.BigIntegerField(_("seed"))
    population = models.PositiveIntegerField(_("live listings at that time"))
    size = models.PositiveIntegerField(_("listings in the sample"))
    slot = models.DateTimeField(_("planned for"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=150)
    finish_by = models.DateTimeField(_("finish by"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("sample audit")
        verbose_name_plural = _("sample audits")
        default_permissions = ("view",)
        permissions = [
            ("open_qualityaudit", _("Can draw a sample of listings")),
            ("work_qualityaudit", _("Can audit listings")),
        ]
        constraints = [models.UniqueConstraint(fields=["basis", "slot"], name="qualityaudit_once_a_slot")]

    def __str__(self) -> str:
        return f"{AuditBasis(self.basis).label} {localtime(self.opened_at):%Y-%m-%d %H:%M}"


class AuditItem(models.Model):
    """One listing of a sample. Whoever wrote it does not check it."""

    audit = models.ForeignKey(QualityAudit, models.CASCADE, related_name="items", verbose_name=_("audit"))
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="+", verbose_name=_("listing"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked"), null=True)

    class Meta:
        verbose_name = _("audited listing")
        verbose_name_plural = _("audited listings")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["audit", "revision"], name="audititem_once")]

    def __str__(self) -> str:
        return str(self.revision)


class AuditedField(models.Model):
    """One field of one audited listing: right, or wrong in which way. The figures are counted over these rows."""

    item = models.ForeignKey(AuditItem, models.CASCADE, related_name="fields", verbose_name=_("audited listing"))
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="+", verbose_name=_("listing"))
    basis = models.CharField(_("chosen"), max_length=10, choices=AuditBasis)
    field = models.CharField(_("field"), max_length=20, choices=CheckedField)
    is_right = models.BooleanField(_("right"))
    kind = models.CharField(_("error"), max_length=12, choices=ErrorKind, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("specialist")
    )
    specialist_label = models.CharField(_("specialist"), max_length=150)
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("audited field")
        verbose_name_plural = _("audited fields")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["item", "field"], name="auditedfield_once"),
            models.CheckConstraint(
                condition=Q(is_right=True, kind="") | (Q(is_right=False) & ~Q(kind="")), name="auditedfield_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["specialist_label"], name="auditedfield_specialist", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["supplier"], name="auditedfield_supplier", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["basis", "checked_at"], name="auditedfield_period"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} {CheckedField(self.field).label}"


class ListingError(Record):
    """One thing that was wrong with a listing after it was published, whoever found it. SOP: C17"""

    public_id = PublicIdField(prefix="ler")
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="+", verbose_name=_("listing"))
    field = models.CharField(_("field"), max_length=20, choices=CheckedField)
    kind = models.CharField(_("error"), max_length=12, choices=ErrorKind)
    source = models.CharField(_("found by"), max_length=12, choices=ErrorSource)
    source_ref = models.CharField(_("reference"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("specialist")
    )
    specialist_label = models.CharField(_("specialist"), max_length=150)
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    found_at = models.DateTimeField(_("found"))
    correct_by = models.DateTimeField(_("correct by"))
    corrected_at = models.DateTimeField(_("corrected"), null=True)
    corrected_by = models.CharField(_("corrected by"), max_length=150, blank=True)
    correction = models.CharField(_("correction"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("listing error")
        verbose_name_plural = _("error ledger")
        default_permissions = ("view",)
        permissions = [("correct_listingerror", _("Can correct errors of listings"))]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "field", "source"], condition=Q(corrected_at=None), name="listingerror_once_open"
            )
        ]
        indexes = [
            models.Index(fields=["specialist_label"], name="listingerror_specialist", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["supplier"], name="listingerror_supplier", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["found_at"], name="listingerror_period"),
            models.Index(fields=["corrected_at", "-id"], name="listingerror_open"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} {CheckedField(self.field).label}"

    @property
    def progress(self) -> str:
        """How far it is: kept until it is corrected."""
        return DONE if self.corrected_at else KEPT
