"""Vocabulary of checking orders and asking customers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactChannel(models.TextChoices):
    """How the customer was asked. SOP: O5"""

    PHONE = "phone", _("Phone")
    CHAT = "chat", _("Chat")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    SHOP = "shop", _("The shop's own system")


class ContactAnswer(models.TextChoices):
    """What came of asking the customer about a held order. SOP: O5"""

    VERIFIED = "verified", _("Verified")
    WAITING = "waiting", _("Asked, answer to come")
    UNREACHABLE = "unreachable", _("Not reached")


class ComparedField(models.TextChoices):
    """What is compared of each order before it goes on. SOP: O4"""

    PRODUCT = "product", _("Product name")
    SPECIFICATION = "specification", _("Specification")
    QUANTITY = "quantity", _("Quantity")
    PRICE = "price", _("Price")
    ADDRESS = "address", _("Delivery address")
    CONTACT = "contact", _("Contact")


class ComparisonResult(models.TextChoices):
    """What the clerk found. SOP: O4"""

    CHECKED = "checked", pgettext_lazy("comparison", "Checked")
    HELD = "held", pgettext_lazy("comparison", "Held")
