"""Buyers, as their shop knows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record


class Customer(Record):
    """A buyer of one shop. Phone is E.164."""

    public_id = PublicIdField(prefix="cus")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["shop", "external_id"], name="customer_once_a_shop")]
        indexes = [
            models.Index(fields=["shop", "phone"], name="customer_phone", condition=~models.Q(phone="")),
            models.Index(fields=["name"], name="customer_name", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
