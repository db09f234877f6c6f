"""What lies in a parcel with a SKU, and how it is marked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record


class PackingRule(Record):
    """What a SKU, or everything in a category, needs when it is packed. What one row asks for is asked for. SOP: O10"""

    public_id = PublicIdField(prefix="pkr")
    sku = models.OneToOneField("catalog.Sku", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("SKU"))
    category = models.OneToOneField(
        "catalog.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    manual = models.BooleanField(_("manual"), default=False)
    warranty = models.BooleanField(_("warranty card"), default=False)
    fragile = models.BooleanField(_("fragile"), default=False)
    no_bending = models.BooleanField(_("do not bend"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("packing rule")
        verbose_name_plural = _("packing rules")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(sku=None, category__isnull=False) | Q(sku__isnull=False, category=None),
                name="packingrule_sku_or_category",
            )
        ]

    def __str__(self) -> str:
        return str(self.sku or self.category)
