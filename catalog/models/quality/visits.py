"""How many people opened a product's page, and how many of them bought."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record


class ProductVisits(Record):
    """Visitors and buyers of one product in one shop on one day, as the platform's data centre counts them. SOP: C19"""

    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    day = models.DateField(_("day"))
    visitors = models.PositiveIntegerField(_("visitors"))
    buyers = models.PositiveIntegerField(_("buyers"))

    class Meta(Record.Meta):
        verbose_name = _("visitors of a product")
        verbose_name_plural = _("visitors of products")
        default_permissions = ("add",)
        constraints = [
            models.UniqueConstraint(fields=["product", "shop", "day"], name="visits_once_a_day"),
            models.CheckConstraint(condition=Q(buyers__lte=F("visitors")), name="visits_buyers_visited"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}"
