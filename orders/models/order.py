"""Orders, their lines, checks and holds. Personal data stands in DeliveryAddress and Customer only."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Least, Right
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.orders import CheckCode, CheckResult, Flag, HoldCode, OrderKind, OrderStatus, PaymentStatus


def _amount(label: object) -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(label, max_digits=12, decimal_places=2, default=Decimal("0.00"))  # type: ignore[arg-type]


class Order(Record):
    """One order of one shop. Deadlines (`_by`) are set by rules when something happens; scans read them."""

    public_id = PublicIdField(prefix="ord")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    external_id = models.CharField(_("platform number"), max_length=100)
    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=OrderKind, default=OrderKind.SALE)
    status = models.CharField(_("status"), max_length=20, choices=OrderStatus, default=OrderStatus.PENDING)
    payment_status = models.CharField(_("payment"), max_length=20, choices=PaymentStatus)
    customer = models.ForeignKey(
        "orders.Customer", models.PROTECT, null=True, related_name="+", verbose_name=_("customer"), db_index=False
    )
    currency = models.CharField(_("currency"), max_length=3)
    goods_amount = _amount(_("goods"))
    discount_amount = _amount(_("discount"))
    freight_amount = _amount(_("freight"))
    payable_amount = _amount(_("payable"))
    paid_amount = _amount(_("paid"))
    refunded_amount = _amount(_("refunded"))
    owed_amount = _amount(_("refunds under way"))
    payment_method = models.CharField(_("payment method"), max_length=40, blank=True)
    payment_reference = models.CharField(_("payment reference"), max_length=100, blank=True)
    coupons = models.JSONField(_("coupons"), default=list)
    buyer_note = models.TextField(_("buyer's note"), blank=True)
    seller_note = models.TextField(_("seller's note"), blank=True)
    flag = models.CharField(_("flag"), max_length=10, choices=Flag, blank=True)
    is_test = models.BooleanField(_("test order"), default=False)
    historical = models.BooleanField(_("historical"), default=False)
    intake_prints = models.JSONField(default=dict)
    placed_at = models.DateTimeField(_("placed"))
    paid_at = models.DateTimeField(_("paid at"), null=True)
    released_at = models.DateTimeField(_("released"), null=True)
    ready_at = models.DateTimeField(_("ready"), null=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True)
    completed_at = models.DateTimeField(_("completed"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    process_by = models.DateTimeField(_("hand over by"), null=True)
    promised_by = models.DateTimeField(_("promised ship time"), null=True)
    due_by = models.GeneratedField(
        expression=Least("process_by", "promised_by"),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        verbose_name=_("due by"),
    )
    confirm_by = models.DateTimeField(_("confirm by"), null=True)
    overdue_at = models.DateTimeField(_("overdue since"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        default_permissions = ("view",)
        permissions = [
            ("add_order", _("Enter orders")),
            ("import_order", _("Import historical orders")),
            ("decide_order", _("Decide on orders in a check round")),
            ("hold_order", _("Hold orders")),
            ("release_order", _("Release holds")),
            ("cancel_order", _("Cancel orders")),
            ("change_address", _("Change delivery addresses")),
            ("mark_paid_order", _("Record payments")),
            ("allocate_order", _("Choose the warehouse of an order")),
            ("contact_order", _("Ask customers about held orders")),
            ("note_order", _("Write notes on orders for colleagues")),
            ("promise_order", _("Set promised ship times")),
            ("pick_order", _("Pick orders")),
            ("pack_order", _("Pack orders")),
            ("ship_order", _("Ship orders")),
            ("complete_order", _("Record confirmed receipt")),
            ("intercept_order", _("Ask carriers to intercept")),
            ("settle_order", _("Settle orders")),
            ("reveal_customer", _("See customer data in full")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shop", "external_id"], name="order_once_a_shop"),
            models.CheckConstraint(condition=Q(payable_amount__gte=0), name="order_payable_not_negative"),
            models.CheckConstraint(
                condition=Q(
                    refunded_amount__gte=0, owed_amount__gte=0, refunded_amount__lte=F("paid_amount") - F("owed_amount")
                ),
                name="order_refunds_within_paid",
            ),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="order_external_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["status", "-id"], name="order_status"),
            models.Index(fields=["shop", "-id"], name="order_shop"),
            models.Index(fields=["customer", "-id"], name="order_customer"),
            models.Index(
                fields=["shop", "customer"],
                name="order_unpacked",
                condition=Q(status__in=["pending", "processing"], customer__isnull=False),
            ),
            models.Index(fields=["xid", "id"], name="order_feed"),
            models.Index(fields=["updated_at"], name="order_updated"),
            models.Index(fields=["placed_at"], name="order_placed"),
            models.Index(fields=["shipped_at"], name="order_shipped", condition=Q(shipped_at__isnull=False)),
            models.Index(
                fields=["-id"],
                name="order_unpaid",
                condition=Q(payment_status="unpaid", status__in=["pending", "processing", "ready_to_ship"]),
            ),
            models.Index(
                fields=["due_by", "id"],
                name="order_due_by",
                condition=Q(status__in=["pending", "processing", "ready_to_ship"], due_by__isnull=False),
            ),
            models.Index(
                fields=["confirm_by"], name="order_confirm_by", condition=Q(status="shipped", confirm_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DeliveryAddress(models.Model):
    """Where an order goes. Phone is E.164, or empty while it is not known.

    `written` keeps the parts that the buyer wrote otherwise, as they wrote them.
    """

    order = models.OneToOneField(Order, models.CASCADE, related_name="address")
    recipient = models.CharField(_("recipient"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    province = models.CharField(_("province"), max_length=60, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    district = models.CharField(_("district"), max_length=60, blank=True)
    street = models.CharField(_("street"), max_length=300, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    written = models.JSONField(_("as written"), default=dict)

    class Meta:
        verbose_name = _("delivery address")
        verbose_name_plural = _("delivery addresses")
        default_permissions = ()
        indexes = [
            models.Index(Right("phone", 4), F("order").desc(), name="address_phone_tail"),
            models.Index(fields=["phone", "-order"], name="address_phone"),
            models.Index(MD5("street"), F("order").desc(), name="address_street"),
        ]

    def __str__(self) -> str:
        return str(self.order_id)


class OrderLine(models.Model):
    """What was bought, as it was then. `discount_amount` is the whole line's, `listing_revision` what the buyer saw."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    listing_revision = models.ForeignKey(
        "catalog.ListingRevision", models.PROTECT, null=True, related_name="+", verbose_name=_("listing"), db_index=False
    )
    sku_code = models.CharField(_("SKU"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    options = models.JSONField(_("options"), default=dict)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=2)
    discount_amount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=Decimal("0.00"))

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="orderline_position"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orderline_of_something"),
        ]

    def __str__(self) -> str:
        return self.sku_code


class OrderCheck(models.Model):
    """What one automatic check found when the order came in. SOP: O2"""

    order = models.ForeignKey(Order, models.CASCADE, related_name="checks")
    code = models.CharField(_("check"), max_length=20, choices=CheckCode)
    result = models.CharField(_("result"), max_length=10, choices=CheckResult)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "code"], name="ordercheck_once")]

    def __str__(self) -> str:
        return self.code


class OrderHold(models.Model):
    """A reason why an order must wait. At most one open hold of each code."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="holds")
    code = models.CharField(_("code"), max_length=20, choices=HoldCode)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("by"), max_length=150)
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.CharField(_("released by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "code"], condition=Q(released_at=None), name="hold_one_open"),
        ]

    def __str__(self) -> str:
        return self.code
