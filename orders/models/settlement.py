"""The settlement of a shop's period, and the rows that it adds up. The database locks what has been checked."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.finance import BatchState, RowKind
from orders.rules.finance.settlement import SUMS


def _money(label: Any, *, digits: int = 12) -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(label, max_digits=digits, decimal_places=2, default=Decimal("0.00"))


_NET = (
    F("goods") - F("shop_discount") + F("freight") + F("prepaid") - F("refunds") - F("compensation") + F("adjustment")
)  # the platform pays the discount that it bears, so that one takes nothing away
_ADDED = ", ".join(f"coalesce(sum({name}), 0)" for name in SUMS)
_STATED = ", ".join(f"NEW.{name}" for name in SUMS)
SUMS_AGREE = pgtrigger.Trigger(
    name="sums_agree",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func=(
        f"IF ({_STATED}) <> "
        f"(SELECT {_ADDED} FROM orders_settlementrow WHERE batch_id = NEW.id) THEN "
        "RAISE EXCEPTION 'the totals of a settlement are not the sums of its rows' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NEW;"
    ),
)
CLOSED = pgtrigger.Protect(
    name="closed_for_good", operation=pgtrigger.Update | pgtrigger.Delete, condition=pgtrigger.Q(old__state="closed")
)
# FOR SHARE waits for whoever is checking or closing the settlement, and then sees what came of it.
ONLY_WHILE_OPEN = pgtrigger.Trigger(
    name="only_while_open",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    declare=[("batch", "RECORD")],
    func=(
        "FOR batch IN SELECT state FROM orders_settlementbatch WHERE id IN (NEW.batch_id, OLD.batch_id) FOR SHARE LOOP "
        "IF batch.state <> 'open' THEN "
        "RAISE EXCEPTION 'the settlement is no longer open' USING ERRCODE = 'check_violation'; "
        "END IF; END LOOP; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    ),
)


class SettlementBatch(Record):
    """What one shop earned in one period of local days, both included; the totals are the sums of its rows.

    `hands` are the people who have made, changed or checked it: none of them may close it.
    SOP: O15
    """

    public_id = PublicIdField(prefix="stb")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    number = models.CharField(_("number"), max_length=60, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.OPEN)
    starts_on = models.DateField(pgettext_lazy("settlement", "from"))
    ends_on = models.DateField(pgettext_lazy("settlement", "until"))
    currency = models.CharField(_("currency"), max_length=3)
    goods = _money(pgettext_lazy("settlement", "goods"), digits=16)
    shop_discount = _money(_("discount borne by the shop"), digits=16)
    platform_discount = _money(_("discount borne by the platform"), digits=16)
    freight = _money(_("freight"), digits=16)
    prepaid = _money(_("paid for cancelled orders"), digits=16)
    refunds = _money(_("refunds"), digits=16)
    compensation = _money(_("compensation"), digits=16)
    adjustment = _money(_("adjustments"), digits=16)
    amount = _money(_("net amount"), digits=16)
    made_at = models.DateTimeField(pgettext_lazy("settlement", "made"))
    made_by = models.CharField(_("made by"), max_length=150)
    hands = ArrayField(models.BigIntegerField(), default=list)
    compared_at = models.DateTimeField(_("compared with the statement"), null=True)
    checked_at = models.DateTimeField(pgettext_lazy("settlement", "checked"), null=True)
    checker = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("checked by"))
    closed_at = models.DateTimeField(pgettext_lazy("settlement", "closed"), null=True)
    closer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))

    class Meta(Record.Meta):
        verbose_name = _("settlement of a period")
        verbose_name_plural = _("settlements of periods")
        default_permissions = ("view",)
        permissions = [
            ("check_settlementbatch", _("Make and check settlements of periods")),
            ("close_settlementbatch", _("Close settlements of periods")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shop", "starts_on"], name="batch_start_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="batch_of_days"),
            models.CheckConstraint(condition=Q(amount=_NET), name="batch_adds_up"),
            models.CheckConstraint(
                condition=Q(state="open", checker=None, closer=None, closed_at=None)
                | Q(state="checked", checker__isnull=False, closer=None, closed_at=None)
                | (
                    Q(state="closed", closer__isnull=False, closed_at__isnull=False)
                    & ~Q(closer=F("checker"))
                    & ~Q(hands__contains=[F("closer")])
                ),
                name="batch_closed_by_a_second_person",
            ),
        ]
        indexes = [models.Index(fields=["shop", "-ends_on"], name="batch_newest")]
        triggers = [*Record.Meta.triggers, SUMS_AGREE, CLOSED]

    def __str__(self) -> str:
        return self.number


class SettlementRow(models.Model):
    """One completed order, refund or adjustment of a settlement; each order and refund is settled exactly once.

    `prepaid` is the money of a cancelled order, which its refund takes away again. SOP: O15
    """

    batch = models.ForeignKey(SettlementBatch, models.PROTECT, related_name="rows", verbose_name=_("settlement of a period"))
    kind = models.CharField(_("kind"), max_length=20, choices=RowKind)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name=_("order"))
    settlement = models.OneToOneField(
        "orders.Settlement", models.PROTECT, null=True, related_name="row", verbose_name=_("settlement")
    )
    refund = models.OneToOneField("orders.Refund", models.PROTECT, null=True, related_name="row", verbose_name=_("refund"))
    at = models.DateTimeField(_("time"))
    goods = _money(pgettext_lazy("settlement", "goods"))
    shop_discount = _money(_("discount borne by the shop"))
    platform_discount = _money(_("discount borne by the platform"))
    freight = _money(_("freight"))
    prepaid = _money(_("paid for a cancelled order"))
    refunds = _money(_("refund"))
    compensation = _money(_("compensation"))
    adjustment = _money(_("adjustment"))
    amount = _money(_("net amount"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("settlement row")
        verbose_name_plural = _("settlement rows")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(amount=_NET), name="row_adds_up"),
            models.CheckConstraint(
                condition=Q(kind="sale", settlement__isnull=False, refund=None)
                | Q(kind__in=["refund", "compensation"], settlement=None, refund__isnull=False)
                | (Q(kind="adjustment", settlement=None, refund=None) & ~Q(note="")),
                name="row_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["batch", "-id"], name="row_of_batch")]
        triggers = [ONLY_WHILE_OPEN]

    def __str__(self) -> str:
        return str(self.pk)
