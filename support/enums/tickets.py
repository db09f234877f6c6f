"""Vocabulary of tickets. Channels and states are fixed: clients know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How the customer reaches us. SOP: S1"""

    CHAT = "chat", _("Online chat")
    PHONE = "phone", _("Telephone")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("E-mail")
    WEB = "web", _("Web form")
    BOT = "bot", _("Bot")


HANDED_OUT = (Channel.CHAT, Channel.WECHAT, Channel.WEB, Channel.BOT)  # whose own programs fetch what we say


class Stage(models.TextChoices):
    """Before, during or after the sale. SOP: S5"""

    PRE_SALE = "pre_sale", _("Before the sale")
    IN_SALE = "in_sale", _("During the sale")
    AFTER_SALE = "after_sale", _("After the sale")


class TicketType(models.TextChoices):
    """What it is about. SOP: S5"""

    PRODUCT = "product", _("Question about a product")
    PROMOTION = "promotion", _("Question about a promotion")
    ORDER = "order", _("Order and payment")
    LOGISTICS = "logistics", _("Logistics")
    RETURN = "return", _("Return and exchange")
    QUALITY = "quality", _("Product quality")
    INVOICE = "invoice", pgettext_lazy("ticket", "Invoice")
    COMPLAINT = "complaint", _("Complaint")
    SUGGESTION = "suggestion", _("Suggestion")
    OTHER = "other", pgettext_lazy("ticket", "Other")


class Priority(models.TextChoices):
    LOW = "low", pgettext_lazy("priority", "Low")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    HIGH = "high", pgettext_lazy("priority", "High")
    URGENT = "urgent", pgettext_lazy("priority", "Urgent")


class TicketState(models.TextChoices):
    """Where a ticket stands. SOP: S2, S6, S10"""

    NEW = "new", pgettext_lazy("ticket", "New")
    ASSIGNED = "assigned", pgettext_lazy("ticket", "Assigned")
    IN_PROGRESS = "in_progress", pgettext_lazy("ticket", "In progress")
    WAITING_CUSTOMER = "waiting_customer", _("Waiting for the customer")
    WAITING_DEPARTMENT = "waiting_department", _("Waiting for a department")
    RESOLVED = "resolved", pgettext_lazy("ticket", "Resolved")
    CONFIRMED = "confirmed", _("Confirmed by the customer")
    ARCHIVED = "archived", _("Archived")
    MERGED = "merged", _("Merged into another")


class SolutionType(models.TextChoices):
    """How it was solved. SOP: S8"""

    ANSWERED = "answered", _("Answered")
    REFUND = "refund", _("Refund")
    EXCHANGE = "exchange", _("Exchange")
    COMPENSATION = "compensation", _("Compensation")
    NONE = "none", _("Nothing to be done")


class AuthorKind(models.TextChoices):
    """Who wrote a message. A bot's answer is never a person's. SOP: S18"""

    CUSTOMER = "customer", _("Customer")
    AGENT = "agent", _("Agent")
    BOT = "bot", _("Bot")


class Direction(models.TextChoices):
    INCOMING = "in", pgettext_lazy("message", "Incoming")
    OUTGOING = "out", pgettext_lazy("message", "Outgoing")


class Delivery(models.TextChoices):
    """Whether an outgoing message has reached its channel. SOP: S1"""

    NONE = "none", pgettext_lazy("delivery", "Not sent")
    QUEUED = "queued", pgettext_lazy("delivery", "Waiting to be sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    DELIVERED = "delivered", pgettext_lazy("delivery", "Delivered")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
