"""Where carriers deliver and for how much, which one was chosen and why, what was printed, how good they are."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.carriers import ClaimState, Layout, Paper


class CarrierCoverage(models.Model):
    """A region that a carrier serves, or does not. Names are short; empty ones stand for all. SOP: O11"""

    carrier = models.ForeignKey("orders.Carrier", models.CASCADE, related_name="areas", verbose_name=_("carrier"))
    province = models.CharField(_("province"), max_length=60, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    district = models.CharField(_("district"), max_length=60, blank=True)
    served = models.BooleanField(_("delivers there"))

    class Meta:
        verbose_name = _("region of a carrier")
        verbose_name_plural = _("regions of carriers")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["carrier", "province", "city", "district"], name="coverage_once")]
        indexes = [
            models.Index(fields=["province", "city"], name="coverage_place"),
            models.Index(fields=["province"], name="coverage_province", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} " + ("".join([self.province, self.city, self.district]) or "*")


class CarrierPrice(models.Model):
    """What a carrier takes for a group of provinces from one day on, up to and with another. Weights are grams. SOP: O11"""

    carrier = models.ForeignKey("orders.Carrier", models.CASCADE, related_name="prices", verbose_name=_("carrier"))
    zone = models.CharField(_("region group"), max_length=40)
    provinces = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("provinces"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True)
    first_grams = models.PositiveIntegerField(_("first weight (g)"))
    first_price = models.DecimalField(_("price of the first weight"), max_digits=8, decimal_places=2)
    step_grams = models.PositiveIntegerField(_("further weight (g)"))
    step_price = models.DecimalField(_("price of each further weight"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("carrier price")
        verbose_name_plural = _("carrier prices")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["carrier", "zone", "valid_from"], name="carrierprice_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="carrierprice_period"
            ),
            models.CheckConstraint(
                condition=Q(first_grams__gt=0, step_grams__gt=0, first_price__gte=0, step_price__gte=0),
                name="carrierprice_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.zone}"


class CarrierChoice(Record):
    """The carrier of an order's parcel and why, as it was found. `carrier` differs from `suggested` when a person took
    another, and says why. `findings` are the ranking's, the chosen one first. Grams are None when not known.

    SOP: O11
    """

    public_id = PublicIdField(prefix="cch")
    order = models.OneToOneField("orders.Order", models.CASCADE, related_name="carrier_choice", verbose_name=_("order"))
    suggested = models.ForeignKey(
        "orders.Carrier", models.PROTECT, null=True, related_name="+", verbose_name=_("suggested carrier")
    )
    carrier = models.ForeignKey("orders.Carrier", models.PROTECT, null=True, related_name="+", verbose_name=_("carrier"))
    grams = models.PositiveIntegerField(_("weight (g)"), null=True)
    fragile = models.BooleanField(_("fragile"), default=False)
    do_not_bend = models.BooleanField(_("do not bend"), default=False)
    unweighed = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("SKUs without a weight"))
    findings = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    chosen_at = models.DateTimeField(pgettext_lazy("carrier", "chosen"))
    overridden_at = models.DateTimeField(_("changed by hand"), null=True)
    overridden_by = models.CharField(_("changed by"), max_length=150, blank=True)
    reason = models.CharField(_("reason of the change"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("choice of carrier")
        verbose_name_plural = _("choices of carriers")
        default_permissions = ("view",)
        permissions = [("override_carrier", _("Take another carrier than the suggested one"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(overridden_at=None, reason="") | (Q(overridden_at__isnull=False) & ~Q(reason="")),
                name="carrierchoice_says_why",
            ),
        ]
        indexes = [models.Index(fields=["-id"], name="carrierchoice_none", condition=Q(carrier=None))]

    def __str__(self) -> str:
        return f"{self.carrier} · {self.order}" if self.carrier else str(self.order)


class ParcelCarriage(models.Model):
    """On which terms a parcel travels, kept when it was handed over. None where the weight or the price is not known.

    SOP: O11
    """

    shipment = models.OneToOneField("orders.Shipment", models.CASCADE, related_name="carriage")
    choice = models.ForeignKey(CarrierChoice, models.SET_NULL, null=True, related_name="parcels", verbose_name=_("choice"))
    grams = models.PositiveIntegerField(_("weight (g)"), null=True)
    cost = models.DecimalField(_("cost"), max_digits=8, decimal_places=2, null=True)
    promised_by = models.DateTimeField(_("promised by"))

    class Meta:
        verbose_name = _("terms of carriage")
        verbose_name_plural = _("terms of carriage")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.shipment_id)


class LabelPrint(models.Model):
    """One print of a label of a parcel; the second and later ones are reprints with a reason. SOP: O11"""

    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, related_name="prints", verbose_name=_("parcel"))
    paper = models.CharField(_("label"), max_length=10, choices=Paper)
    layout = models.CharField(_("size"), max_length=10, choices=Layout)
    number = models.PositiveSmallIntegerField(_("print no."))
    printed_at = models.DateTimeField(_("printed"))
    printed_by = models.CharField(_("by"), max_length=150)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("print of a label")
        verbose_name_plural = _("prints of labels")
        default_permissions = ("view",)
        permissions = [("print_label", _("Print waybills and carton labels"))]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "paper", "number"], name="labelprint_once"),
            models.CheckConstraint(condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")), name="labelprint_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.paper} {self.number}"


class CarrierScore(models.Model):
    """What was counted of a carrier in one month, and its points; see rules.carriers.rating. SOP: O11"""

    carrier = models.ForeignKey("orders.Carrier", models.CASCADE, related_name="scores", verbose_name=_("carrier"))
    month = models.DateField(_("month"))
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    parcels = models.PositiveIntegerField(_("parcels"))
    due = models.PositiveIntegerField(_("due"))
    on_time = models.PositiveIntegerField(_("on time"))
    stalled = models.PositiveIntegerField(_("without news"))
    trouble = models.PositiveIntegerField(_("lost or damaged"))
    delivered = models.PositiveIntegerField(_("delivered"))
    hours = models.PositiveIntegerField(_("hours on the road"))
    costed = models.PositiveIntegerField(_("parcels with a known cost"))
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2)
    claims = models.PositiveIntegerField(_("compensation asked"))
    granted = models.PositiveIntegerField(_("compensation granted"))
    refused = models.PositiveIntegerField(_("compensation refused"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("monthly rating of a carrier")
        verbose_name_plural = _("monthly ratings of carriers")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["carrier", "month"], name="carrierscore_once")]
        indexes = [models.Index(fields=["-month", "-id"], name="carrierscore_newest")]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.month:%Y-%m}"


class CarrierClaim(Record):
    """Compensation that a carrier is asked for a parcel; a parcel has one open claim at most. SOP: O11"""

    public_id = PublicIdField(prefix="ccl")
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, related_name="claims", verbose_name=_("parcel"))
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.ASKED)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    note = models.CharField(_("what happened"), max_length=500)
    asked_at = models.DateTimeField(pgettext_lazy("claim", "asked"))
    asked_by = models.CharField(_("asked by"), max_length=150)
    due_at = models.DateTimeField(_("answer expected by"))
    granted_amount = models.DecimalField(_("granted amount"), max_digits=12, decimal_places=2, null=True)
    answer = models.CharField(_("carrier's answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("claim for compensation")
        verbose_name_plural = _("claims for compensation")
        default_permissions = ("view",)
        permissions = [("work_carrierclaim", _("Claim compensation from carriers"))]
        constraints = [
            models.UniqueConstraint(fields=["shipment"], condition=Q(state="asked"), name="carrierclaim_one_open"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="carrierclaim_of_something"),
            models.CheckConstraint(
                condition=(Q(state="granted") & Q(granted_amount__gt=0, granted_amount__lte=F("amount")))
                | (~Q(state="granted") & Q(granted_amount=None)),
                name="carrierclaim_granted_amount",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="carrierclaim_state")]

    def __str__(self) -> str:
        return str(self.shipment)
