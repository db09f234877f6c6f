"""Price changes, their lines, and the history of every SKU's prices."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.prices import PriceChangeState, PriceSource
from catalog.models.product import Sku
from opsdesk.common.records import PublicIdField, Record


def _amount(label: Any) -> Any:
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True)


class PriceChange(Record):
    """New prices of some SKUs from a time on, or until another one; nobody judges what he wrote himself.

    `content_hash` pins what is written: a judgement and a waiver are good for exactly that. SOP: C10, C24
    """

    public_id = PublicIdField(prefix="prc")
    state = models.CharField(_("state"), max_length=10, choices=PriceChangeState, default=PriceChangeState.DRAFT)
    reason = models.CharField(_("reason"), max_length=500)
    effective_from = models.DateTimeField(_("from"))
    effective_until = models.DateTimeField(_("until"), null=True)
    content_hash = models.CharField(max_length=64, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("author"))
    author_label = models.CharField(_("author"), max_length=150)
    editor_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    waived_hash = models.CharField(max_length=64, blank=True, editable=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("margin waived by")
    )
    waiver_reason = models.CharField(_("reason of the waiver"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("price change")
        verbose_name_plural = _("price changes")
        default_permissions = ("add", "change", "view")
        permissions = [
            ("approve_pricechange", _("Can judge price changes")),
            ("end_pricechange", _("Can end a limited price early")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gt=F("effective_from")), name="pricechange_order"
            )
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="pricechange_state"),
            models.Index(fields=["effective_from"], name="pricechange_start", condition=Q(state="scheduled")),
            models.Index(fields=["effective_until"], name="pricechange_end", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return self.reason or str(self.public_id)


class PriceChangeLine(models.Model):
    """All prices of one SKU as they will be; a cost that is None stays. `before` is what a limited price returns to."""

    change = models.ForeignKey(PriceChange, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    discount_price = _amount(_("discount price"))
    member_price = _amount(_("member price"))
    cost = _amount(_("cost"))
    before = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("line of a price change")
        verbose_name_plural = _("lines of a price change")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["change", "sku"], name="pricechangeline_once")]

    def __str__(self) -> str:
        return str(self.sku_id)


class SkuPrice(models.Model):
    """The prices of a SKU for a stretch of time; the row without `valid_until` is what is in force. SOP: C10"""

    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="price_history", verbose_name=_("SKU"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    discount_price = _amount(_("discount price"))
    member_price = _amount(_("member price"))
    cost = _amount(_("cost"))
    valid_from = models.DateTimeField(_("from"))
    valid_until = models.DateTimeField(_("until"), null=True)
    source = models.CharField(_("source"), max_length=10, choices=PriceSource)
    ref = models.CharField(_("reference"), max_length=40, blank=True)
    is_limited = models.BooleanField(_("for a limited time"), default=False)
    actor_label = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("price of a SKU")
        verbose_name_plural = _("prices of SKUs")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sku"], condition=Q(valid_until=None), name="skuprice_one_in_force"),
        ]
        indexes = [models.Index(fields=["sku", "-valid_from", "-id"], name="skuprice_history")]

    def __str__(self) -> str:
        return str(self.price)


class PricedSku(Sku):
    """A SKU as the price list shows it."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("price")
        verbose_name_plural = _("price list")
