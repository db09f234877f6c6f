"""Vocabulary of the warehouse."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PickListStatus(models.TextChoices):
    OPEN = "open", _("To pick")
    PICKED = "picked", _("Picked")
    CANCELLED = "cancelled", _("Cancelled")


class AllocationOutcome(models.TextChoices):
    """How an order came to its warehouse. SOP: O8"""

    RULE = "rule", _("By rule")
    KEPT = "kept", _("Where its pieces were reserved")
    OVERRIDE = "override", _("By hand")
    NONE = "none", _("No warehouse can serve it")


class Verdict(models.TextChoices):
    """What came of looking at one warehouse. SOP: O8"""

    WON = "won", _("Chosen")
    SHOP = "shop", _("Does not serve the shop")
    REGION = "region", _("Does not serve the region")
    CARRIER = "carrier", _("No carrier in use reaches the region from there")
    STOCK = "stock", _("Not all pieces are there")


class PushState(models.TextChoices):
    """Where the hand-over of an order to the warehouse system stands. SOP: O6"""

    WAITING = "waiting", _("Waits to be sent")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")
    UNANSWERED = "unanswered", _("Unanswered")
    SETTLED = "settled", _("Handed over by hand")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RecallState(models.TextChoices):
    """Whether an order that the warehouse system has taken over could be stopped. SOP: O18"""

    WAITING = "waiting", _("Waits for the warehouse's answer")
    STOPPED = "stopped", pgettext_lazy("cancellation", "Stopped in the warehouse")
    TOO_LATE = "too_late", _("Too late to stop")
    UNANSWERED = "unanswered", _("Unanswered")
    SETTLED = "settled", _("Settled another way")


class ScanStep(models.TextChoices):
    """Where a piece was scanned."""

    PICK = "pick", _("Picking")
    PACK = "pack", _("Packing")


class ScanResult(models.TextChoices):
    """What a scan was. SOP: O9, O10"""

    PIECE = "piece", _("Right piece")
    LOT = "lot", _("Right lot")
    WRONG_SKU = "wrong_sku", _("Wrong SKU")
    WRONG_LOT = "wrong_lot", _("Wrong lot")
    TOO_MANY = "too_many", _("One too many")


class ShortState(models.TextChoices):
    """What became of pieces that were not on their shelf. SOP: O9"""

    OPEN = "open", _("Being looked for")
    FOUND = "found", _("Pieces found")
    MISSING = "missing", _("Written off")


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
