"""Quality complaints: what customers hold against goods, and what the product specialist found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.quality import (
    CheckedField,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintSeverity,
    ComplaintSource,
    ComplaintState,
)
from opsdesk.common.records import PublicIdField, Record


class QualityComplaint(Record):
    """One complaint about the quality of goods, on its way from customer service to the specialist and back. SOP: C27"""

    public_id = PublicIdField(prefix="qco")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    order_ref = models.CharField(_("order"), max_length=64, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=ComplaintSource, default=ComplaintSource.SERVICE)
    ref = models.CharField(_("reference"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ComplaintKind)
    severity = models.CharField(_("severity"), max_length=10, choices=ComplaintSeverity, default=ComplaintSeverity.MINOR)
    text = models.TextField(_("complaint"))
    evidence = models.TextField(_("evidence"), blank=True)
    files = models.ManyToManyField("files.StoredFile", verbose_name=_("evidence files"), related_name="+", blank=True)
    state = models.CharField(_("state"), max_length=15, choices=ComplaintState, default=ComplaintState.OPEN)
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.CharField(_("filed by"), max_length=150)
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("specialist")
    )
    respond_by = models.DateTimeField(_("answer by"))
    taken_at = models.DateTimeField(_("investigated since"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ComplaintOutcome, blank=True)
    wrong_field = models.CharField(_("wrong field of the listing"), max_length=20, choices=CheckedField, blank=True)
    stock_checked_at = models.DateTimeField(_("stock checked"), null=True)
    stock_finding = models.CharField(_("what the stock check found"), max_length=500, blank=True)
    delist_decided_at = models.DateTimeField(_("delisting decided"), null=True)
    delist_note = models.CharField(_("decision on delisting"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("quality complaint")
        verbose_name_plural = _("quality complaints")
        default_permissions = ("add", "view")
        permissions = [
            ("work_qualitycomplaint", _("Can answer quality complaints")),
            ("close_qualitycomplaint", _("Can close quality complaints")),
            ("check_faulty_stock", _("Can check the stock of faulty goods")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], condition=~Q(ref=""), name="complaint_ref_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | (~Q(answer="") & ~Q(outcome="")), name="complaint_answered"
            ),
        ]
        indexes = [
            models.Index(fields=["order_ref"], name="complaint_order", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["supplier"], name="complaint_supplier_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["state", "-id"], name="complaint_state"),
            models.Index(fields=["product", "filed_at"], name="complaint_of_product"),
            models.Index(fields=["supplier", "filed_at"], name="complaint_of_supplier"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {ComplaintKind(self.kind).label}"
