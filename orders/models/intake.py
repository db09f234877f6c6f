"""How an order was verified: what the customer answered, and which fields a clerk compared."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.enums.intake import ComparedField, ComparisonResult, ContactAnswer, ContactChannel
from orders.models.order import Order


class CustomerContact(models.Model):
    """One attempt to ask the customer about a held order: who, when, how, and what they said. SOP: O5"""

    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="customer_contacts", verbose_name=_("order"))
    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)
    channel = models.CharField(_("channel"), max_length=10, choices=ContactChannel)
    outcome = models.CharField(_("outcome"), max_length=20, choices=ContactAnswer)
    answer = models.CharField(_("customer's answer"), max_length=500, blank=True)
    corrected = ArrayField(models.CharField(max_length=20), verbose_name=_("corrected"), default=list)

    class Meta:
        verbose_name = _("contact with the customer")
        verbose_name_plural = _("contacts with the customer")
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.order_id)


class OrderComparison(models.Model):
    """That somebody compared an order with the listing and the customer, field by field. SOP: O4

    `differing` are those of the compared fields in which the screen showed a difference.
    """

    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="comparisons", verbose_name=_("order"))
    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)
    result = models.CharField(_("result"), max_length=10, choices=ComparisonResult)
    fields = ArrayField(models.CharField(max_length=20, choices=ComparedField), verbose_name=_("compared"))
    differing = ArrayField(models.CharField(max_length=20, choices=ComparedField), verbose_name=_("differing"), default=list)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.order_id)


class DueOrder(Order):
    """An order that has not been handed over, as the list by time left shows it. SOP: O17"""

    class Meta:
        proxy = True
        verbose_name = pgettext_lazy("deadline", "order due")
        verbose_name_plural = pgettext_lazy("deadline", "orders by time left")
        default_permissions = ()


class UnpaidOrder(Order):
    """An order that waits for its payment, as the list of its reserved pieces shows it. SOP: O2"""

    class Meta:
        proxy = True
        verbose_name = _("unpaid order")
        verbose_name_plural = _("unpaid orders")
        default_permissions = ()
