"""Vocabulary of shops."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Platform(models.TextChoices):
    TMALL = "tmall", _("Tmall")
    TAOBAO = "taobao", _("Taobao")
    DOUYIN = "douyin", _("Douyin")
    PINDUODUO = "pinduoduo", _("Pinduoduo")
    JD = "jd", _("JD.com")
    WHOLESALE = "1688", _("1688")
    OWN = "own", _("Own storefront")


class ShortStockPolicy(models.TextChoices):
    """What intake does with an order that stock cannot fill."""

    REFUSE = "refuse", _("Refuse the order")
    HOLD = "hold", _("Accept it and hold it")


class RoundDesk(models.TextChoices):
    """Whose desk signs the check rounds of the shop."""

    PRODUCT = "product_specialist", _("Product specialist")
    SERVICE = "customer_service", _("Customer service")
