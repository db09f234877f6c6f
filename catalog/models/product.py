"""Products and their SKUs."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import ProductStatus
from opsdesk.common.records import PublicIdField, Record


class Product(Record):
    """What is sold under one listing, in one or several shops.

    Sales go by `status`. `live_revision` is the listing that was published last, `latest_revision` the newest one written.
    """

    public_id = PublicIdField(prefix="prd")
    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    category = models.ForeignKey("catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    status = models.CharField(_("status"), max_length=10, choices=ProductStatus, default=ProductStatus.DRAFT)
    discontinued_at = models.DateTimeField(_("discontinued"), null=True)
    live_revision = models.ForeignKey(
        "catalog.ListingRevision", models.PROTECT, null=True, related_name="+", verbose_name=_("live listing")
    )
    latest_revision = models.ForeignKey(
        "catalog.ListingRevision", models.PROTECT, null=True, related_name="+", verbose_name=_("newest listing")
    )

    class Meta(Record.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        permissions = [
            ("take_over_products", _("Take over goods that are on sale already")),
            ("discontinue_product", _("Can mark products as discontinued")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ProductStatus.DRAFT) | Q(category__isnull=False), name="product_sold_has_category"
            )
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="product_status"),
            models.Index(fields=["xid", "id"], name="product_feed"),
            models.Index(fields=["title"], name="product_title"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="product_titles"),
        ]

    def __str__(self) -> str:
        return self.code


class ProductShop(models.Model):
    """A shop that the product is sold in."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="offers")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["product", "shop"], name="product_once_a_shop")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.shop_id}"


class Sku(Record):
    """The piece that is priced, stocked and picked. `alert_threshold` None means the parameter's value.

    `is_listed` is False once the live listing names it no longer. `grams` is what a piece weighs as it is packed, None
    while nobody has weighed it.
    """

    public_id = PublicIdField(prefix="sku")
    product = models.ForeignKey(Product, models.PROTECT, related_name="skus", verbose_name=_("product"))
    code = models.CharField(_("SKU"), max_length=60, unique=True)
    barcode = models.CharField(_("barcode"), max_length=14, blank=True)
    options = models.JSONField(_("options"), default=dict)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    discount_price = models.DecimalField(_("discount price"), max_digits=12, decimal_places=2, null=True)
    member_price = models.DecimalField(_("member price"), max_digits=12, decimal_places=2, null=True)
    alert_threshold = models.PositiveIntegerField(_("alert threshold"), null=True)
    is_listed = models.BooleanField(_("listed"), default=True)
    grams = models.PositiveIntegerField(_("weight (g)"), null=True)
    fragile = models.BooleanField(_("fragile"), default=False)
    do_not_bend = models.BooleanField(_("do not bend"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        permissions = [
            ("change_threshold", _("Change stock alert thresholds")),
            ("change_handling", _("Change weights and how goods are handled")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="sku_price_not_negative"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="sku_cost_not_negative"),
        ]
        indexes = [
            models.Index(fields=["barcode"], name="sku_barcode_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["barcode"], name="sku_barcode", condition=~Q(barcode="")),
        ]

    def __str__(self) -> str:
        return self.code
