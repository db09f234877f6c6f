"""Vocabulary of the warehouse."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PickListStatus(models.TextChoices):
    OPEN = "open", _("To pick")
    PICKED = "picked", _("Picked")
    CANCELLED = "cancelled", _("Cancelled")


class CarrierCode(models.TextChoices):
    """The carriers that every installation starts with."""

    SF = "sf", _("SF Express")
    ZTO = "zto", _("ZTO Express")
    YTO = "yto", _("YTO Express")
    STO = "sto", _("STO Express")
    YUNDA = "yunda", _("Yunda Express")
    EMS = "ems", _("EMS")
    JD = "jd", _("JD Logistics")
    JTEXPRESS = "jtexpress", _("J&T Express")
    DEPPON = "deppon", _("Deppon Express")
    CHINA_POST = "china_post", _("China Post")
