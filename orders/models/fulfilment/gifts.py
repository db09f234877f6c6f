"""Gifts: which orders get one, and which they got."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record


class GiftRule(Record):
    """A gift for orders of so much money, with a certain SKU, or both. SOP: O10"""

    public_id = PublicIdField(prefix="gfr")
    name = models.CharField(_("name"), max_length=60)
    shop = models.ForeignKey(
        "shops.Shop",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shop"),
        help_text=_("Empty: all."),
    )
    spend_from = models.DecimalField(_("goods worth at least"), max_digits=12, decimal_places=2, null=True, blank=True)
    sku = models.ForeignKey(
        "catalog.Sku", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bought SKU")
    )
    gift = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("gift"))
    quantity = models.PositiveSmallIntegerField(_("pieces"), default=1)
    valid_from = models.DateTimeField(_("orders placed from"))
    valid_until = models.DateTimeField(_("orders placed before"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("gift rule")
        verbose_name_plural = _("gift rules")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="giftrule_of_something"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="giftrule_from_before_until"),
            models.CheckConstraint(
                condition=Q(spend_from__isnull=False) | Q(sku__isnull=False), name="giftrule_has_a_condition"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrderGift(models.Model):
    """A gift that an order earned when it was released; without a reserved piece there was none left. SOP: O10"""

    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="gifts", verbose_name=_("order"))
    rule = models.ForeignKey(GiftRule, models.PROTECT, related_name="+", verbose_name=_("rule"))
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    sku_code = models.CharField(_("SKU"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    quantity = models.PositiveSmallIntegerField(_("pieces"))
    is_reserved = models.BooleanField(_("reserved"))

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "rule"], name="ordergift_once")]

    def __str__(self) -> str:
        return self.sku_code
