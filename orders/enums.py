"""Vocabulary of orders. States and hold codes are fixed: clients know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    PROCESSING = "processing", _("Processing")
    READY_TO_SHIP = "ready_to_ship", _("Ready to ship")
    SHIPPED = "shipped", _("Shipped")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class PaymentStatus(models.TextChoices):
    UNPAID = "unpaid", _("Unpaid")
    PAID = "paid", _("Paid")
    COD = "cod", _("Cash on delivery")
    PARTIALLY_REFUNDED = "partially_refunded", _("Partially refunded")
    REFUNDED = "refunded", _("Refunded")


class OrderKind(models.TextChoices):
    SALE = "sale", _("Sale")
    CREDIT = "credit", _("Credit note")


class CheckCode(models.TextChoices):
    """What is looked at when an order comes in. SOP: O2, O4"""

    STOCK = "stock", _("Stock")
    PAYMENT = "payment", _("Payment")
    ADDRESS = "address", _("Delivery address")
    CONTACT = "contact", _("Contact")
    PRICE = "price", _("Price")


class CheckResult(models.TextChoices):
    OK = "ok", _("OK")
    DOUBTFUL = "doubtful", _("Doubtful")
    FAILED = "failed", _("Failed")


class HoldCode(models.TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
    ADDRESS = "address", _("Address incomplete")
    CONTACT = "contact", _("Contact incomplete")
    STOCK = "stock", _("Out of stock")
    RISK = "risk", _("Risk")
    PRICE = "price", _("Price")
    DUPLICATE = "duplicate", _("Possible duplicate")
    CUSTOMER_QUESTION = "customer_question", _("Question to the customer")
    OTHER = "other", _("Other")


class RoundSlot(models.TextChoices):
    """The three times of the day at which pending orders are checked together (Asia/Shanghai). SOP: O3"""

    MORNING = "09:00", _("09:00")
    AFTERNOON = "14:00", _("14:00")
    EVENING = "18:00", _("18:00")


class RoundState(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    LATE = "late", _("Late")
    SIGNED_OFF = "signed_off", _("Signed off")
    MISSED = "missed", _("Missed")


class RoundDecision(models.TextChoices):
    """What was decided about one order of a check round."""

    RELEASE = "release", _("Release")
    HOLD = "hold", _("Hold")
    CANCEL = "cancel", _("Cancel")
    LATER = "later", _("Leave for the next round")


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


class ShipmentState(models.TextChoices):
    """Where a parcel is. Fixed: clients know them."""

    INFO_RECEIVED = "info_received", _("Handed to the carrier")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    EXCEPTION = "exception", _("Trouble")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned to sender")
    VOIDED = "voided", _("Voided")


class TrackingCode(models.TextChoices):
    """What a carrier reports. Fixed: clients know them."""

    INFO_RECEIVED = "info_received", _("Handed to the carrier")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    ATTEMPT_FAILED = "attempt_failed", _("Delivery attempt failed")
    DELIVERED = "delivered", _("Delivered")
    EXCEPTION = "exception", _("Trouble")
    RETURNED = "returned", _("Returned to sender")


class CaseKind(models.TextChoices):
    """Why somebody has to talk to the carrier."""

    STALLED = "stalled", _("No news from the carrier")
    NOT_RECEIVED = "not_received", _("Customer has not received it")


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class CaseOutcome(models.TextChoices):
    """How a carrier case ended. SOP: O14"""

    MOVING = "moving", _("Moving again")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned to sender")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")


class ContactOutcome(models.TextChoices):
    """What came of asking a customer whether the goods have arrived. SOP: O16"""

    RECEIVED = "received", _("Received")
    NOT_RECEIVED = "not_received", _("Not received")
    UNREACHABLE = "unreachable", _("Not reached")


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SettlementState(models.TextChoices):
    OPEN = "open", _("To settle")
    SETTLED = "settled", _("Settled")
