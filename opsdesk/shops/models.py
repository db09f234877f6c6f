"""A shop: one storefront on one platform, with its own currency and policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record
from opsdesk.shops.enums import Platform, RoundDesk, ShortStockPolicy


class Shop(Record):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    platform = models.CharField(_("platform"), max_length=20, choices=Platform, default=Platform.OWN)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    is_open = models.BooleanField(_("open"), default=True)
    short_stock_policy = models.CharField(
        _("when stock is short"), max_length=10, choices=ShortStockPolicy, default=ShortStockPolicy.REFUSE
    )
    auto_confirm = models.BooleanField(
        _("auto-confirm clean orders"),
        default=False,
        help_text=_("Orders that pass every automatic check are released without a check round."),
    )
    round_desk = models.CharField(_("desk of the check rounds"), max_length=20, choices=RoundDesk, default=RoundDesk.SERVICE)

    class Meta(Record.Meta):
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    def __str__(self) -> str:
        return self.code
