"""Stocktakes, the months of stock, and stock that hardly moves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.counting import SlowProposal, SlowState, StocktakeState, VarianceReason
from catalog.models.inbound.people import person
from opsdesk.common.records import PublicIdField, Record


class Stocktake(Record):
    """A count of some SKUs in one warehouse. Whoever counted never posts. SOP: C22"""

    public_id = PublicIdField(prefix="stk")
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=StocktakeState, default=StocktakeState.PLANNED)
    is_periodic = models.BooleanField(_("periodic"), default=False)
    due_at = models.DateTimeField(_("count by"))
    started_at = models.DateTimeField(_("started"), null=True)
    counter = person(_("counted by"))
    counter_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    finished_at = models.DateTimeField(_("counted"), null=True)
    poster = person(_("posted by"))
    posted_at = models.DateTimeField(_("posted"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("stocktake")
        verbose_name_plural = _("stocktakes")
        default_permissions = ("add", "view")
        permissions = [("count_stock", _("Can count stock")), ("post_stocktake", _("Can post stocktakes"))]
        constraints = [
            models.CheckConstraint(condition=Q(poster=None) | ~Q(poster=F("counter")), name="stocktake_not_by_counter"),
            models.CheckConstraint(
                condition=~Q(state=StocktakeState.POSTED) | Q(poster__isnull=False), name="stocktake_posted_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["title"], name="stocktake_title", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["state", "-id"], name="stocktake_state"),
        ]

    def __str__(self) -> str:
        return self.title


class StocktakeLine(models.Model):
    """One SKU of a stocktake. `expected` is frozen at the start, `expected_at_count` when the pieces were counted."""

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    expected = models.IntegerField(_("in the books"), null=True)
    expected_at_count = models.IntegerField(_("in the books when counted"), null=True)
    counted = models.PositiveIntegerField(_("counted"), null=True)
    counted_at = models.DateTimeField(_("time"), null=True)
    counted_by = models.CharField(_("counted by"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=VarianceReason, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a stocktake")
        verbose_name_plural = _("lines of a stocktake")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["stocktake", "sku"], name="stocktake_line_once")]

    def __str__(self) -> str:
        return f"{self.stocktake_id} {self.sku_id}"


class StockPeriod(models.Model):
    """What became of one SKU's stock in one warehouse in one month, at its cost at that time; kept by a duty. SOP: C23"""

    month = models.DateField(_("month"))
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    opening = models.IntegerField(_("at the start"))
    received = models.IntegerField(_("came in"))
    sold = models.IntegerField(_("sold"))
    closing = models.IntegerField(_("at the end"))
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("month of stock")
        verbose_name_plural = _("months of stock")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["month", "warehouse", "sku"], name="stock_period_once")]
        indexes = [models.Index(fields=["sku", "month"], name="stock_period_of_sku")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.sku_id}"


class SlowStock(Record):
    """Stock of a SKU that hardly moves, and what is proposed; `facts` are the figures of the day. SOP: C23"""

    public_id = PublicIdField(prefix="slo")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    proposal = models.CharField(_("proposal"), max_length=8, choices=SlowProposal)
    state = models.CharField(_("state"), max_length=10, choices=SlowState, default=SlowState.OPEN)
    facts = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found"))
    due_at = models.DateTimeField(_("decide by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = person(_("decided by"))
    note = models.CharField(_("what is done"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("slow stock")
        verbose_name_plural = _("slow stock")
        default_permissions = ("view",)
        permissions = [("decide_slowstock", _("Can decide on slow stock"))]
        constraints = [
            models.UniqueConstraint(fields=["sku"], condition=Q(state=SlowState.OPEN), name="slow_stock_one_open"),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="slow_stock_state")]

    def __str__(self) -> str:
        return str(self.sku)
