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
    RISK = "risk", _("Unusual signs")


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


class Flag(models.TextChoices):
    """The colours by which the shop's staff mark orders for each other, as the platforms have them."""

    RED = "red", _("Red")
    YELLOW = "yellow", _("Yellow")
    GREEN = "green", _("Green")
    BLUE = "blue", _("Blue")
    PURPLE = "purple", _("Purple")
