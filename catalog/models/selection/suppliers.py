"""Suppliers, what proves their qualification, and how they are judged."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.selection import AssessmentAspect, DocumentKind, DocumentState, SupplierStatus
from catalog.rules.selection.scoring import BEST, LOWEST
from opsdesk.common.records import PublicIdField, Record


class Supplier(Record):
    """Who goods are bought from. Listings name their supplier by `name`. SOP: C2"""

    public_id = PublicIdField(prefix="sup")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SupplierStatus, default=SupplierStatus.ACTIVE)

    class Meta(Record.Meta):
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        default_permissions = ("add", "change", "view")
        permissions = [
            ("suspend_supplier", "Can suspend suppliers"),
            ("assess_supplier", "Can assess suppliers"),
        ]
        indexes = [models.Index(fields=["status", "code"], name="supplier_status")]

    def __str__(self) -> str:
        return self.name


class SupplierDocument(Record):
    """One document of a supplier; the newest of a kind takes the place of the one before. SOP: C2"""

    public_id = PublicIdField(prefix="sdc")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="documents", verbose_name=_("supplier"))
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    number = models.CharField(pgettext_lazy("document", "number"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=10, choices=DocumentState, default=DocumentState.CURRENT)
    renewed_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="renews", verbose_name=_("replaced by"))

    class Meta(Record.Meta):
        verbose_name = _("supplier document")
        verbose_name_plural = _("supplier documents")
        default_permissions = ("view",)
        permissions = [("work_supplierdocument", "Can keep the documents of suppliers")]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "kind", "number"], name="supplierdocument_once"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")), name="supplierdocument_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="supplierdocument_number", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["expires_on"],
                name="supplierdocument_due",
                condition=Q(state=DocumentState.CURRENT, expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class SupplierAssessment(models.Model):
    """A supervisor's judgement of a supplier on one day; append-only. SOP: C2"""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="assessments", verbose_name=_("supplier"))
    aspect = models.CharField(_("aspect"), max_length=10, choices=AssessmentAspect)
    score = models.PositiveSmallIntegerField(_("score"), validators=[MinValueValidator(LOWEST), MaxValueValidator(BEST)])
    reason = models.CharField(_("reason"), max_length=500)
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.CharField(_("assessed by"), max_length=150)

    class Meta:
        verbose_name = _("supplier assessment")
        verbose_name_plural = _("supplier assessments")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=LOWEST, score__lte=BEST), name="assessment_score_one_to_five")
        ]
        indexes = [models.Index(fields=["supplier", "aspect", "-assessed_on", "-id"], name="assessment_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()} {self.score}"
