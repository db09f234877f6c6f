"""Check rounds: which orders a desk looked at when, what it decided, and who signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from opsdesk.shops.enums import RoundDesk
from orders.enums.rounds import RoundDecision, RoundSlot, RoundState


class CheckRound(Record):
    """One of the three rounds of a day in one shop. `late` stays true when a late round is signed after all. SOP: O3"""

    public_id = PublicIdField(prefix="rnd")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    day = models.DateField(_("day"))
    slot = models.CharField(_("time"), max_length=5, choices=RoundSlot)
    desk = models.CharField(_("desk"), max_length=20, choices=RoundDesk)
    state = models.CharField(_("state"), max_length=12, choices=RoundState, default=RoundState.SCHEDULED)
    late = models.BooleanField(_("late"), default=False)
    expected_at = models.DateTimeField(pgettext_lazy("time", "expected"))
    sign_by = models.DateTimeField(_("sign by"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    missed_at = models.DateTimeField(_("missed"), null=True)
    signed_at = models.DateTimeField(_("signed"), null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by")
    )

    class Meta(Record.Meta):
        verbose_name = _("check round")
        verbose_name_plural = _("check rounds")
        default_permissions = ("view",)
        permissions = [("sign_checkround", _("Sign check rounds"))]
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "slot"], name="checkround_one_a_slot"),
            models.CheckConstraint(
                condition=~Q(state="signed_off") | Q(signed_at__isnull=False), name="checkround_signed_when"
            ),
        ]
        indexes = [
            models.Index(fields=["sign_by"], name="checkround_unsigned", condition=Q(state__in=["open", "late"])),
            models.Index(fields=["shop", "-expected_at"], name="checkround_of_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.shop.code} {self.day:%Y-%m-%d} {self.slot}"


class CheckRoundItem(models.Model):
    """One order that was pending when the round opened. `decision` is empty while nobody has decided.

    `rolled_over` marks an order that an earlier round left undecided, `rolled_on_at` one that this round left so.
    """

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="items")
    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="round_items", verbose_name=_("order"))
    rolled_over = models.BooleanField(_("rolled over"), default=False)
    rolled_on_at = models.DateTimeField(_("rolled on"), null=True)
    decision = models.CharField(_("decision"), max_length=10, choices=RoundDecision, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("order of a check round")
        verbose_name_plural = _("orders of a check round")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "order"], name="checkround_item_once")]

    def __str__(self) -> str:
        return str(self.order_id)
