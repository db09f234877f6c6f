"""Selection lists and their lines: ideas of products, scored, decided, and made into drafts."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.selection import ComplaintRecord, LineDecision, SelectionState
from catalog.rules.selection.scoring import BEST, LOWEST
from opsdesk.common.records import PublicIdField, Record
from opsdesk.shops.enums import Platform


def _person(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)


def _score(label: Any) -> Any:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _amount(label: Any) -> Any:
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True, blank=True)


class SelectionList(Record):
    """The goods that are considered for a period. `writer_ids` are all who wrote it: none of them may decide it.

    SOP: C1
    """

    public_id = PublicIdField(prefix="sel")
    title = models.CharField(_("title"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    sales_target = models.DecimalField(_("sales target"), max_digits=14, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=SelectionState, default=SelectionState.DRAFT)
    author = _person(_("author"))
    author_label = models.CharField(_("author"), max_length=150)
    writer_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    decide_by = models.DateTimeField(_("decide by"), null=True)
    decided_at = models.DateTimeField(pgettext_lazy("time", "decided"), null=True)
    decided_by = _person(_("decided by"))
    note = models.CharField(_("note of the decision"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("selection list")
        verbose_name_plural = _("selection lists")
        default_permissions = ("add", "change", "view")
        permissions = [
            ("submit_selectionlist", "Can submit selection lists"),
            ("decide_selectionlist", "Can decide on selection lists"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="selection_period_in_order"),
            models.CheckConstraint(condition=Q(sales_target__gt=0), name="selection_target_positive"),
            models.CheckConstraint(
                condition=Q(author=None) | ~Q(decided_by=F("author")), name="selection_not_decided_by_author"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="selection_state")]

    def __str__(self) -> str:
        return self.title


class SelectionLine(Record):
    """One idea of a product. `score` and `margin` are the rules' figures of when it was last written or decided.

    SOP: C1, C2
    """

    public_id = PublicIdField(prefix="sln")
    selection = models.ForeignKey(SelectionList, models.PROTECT, related_name="lines", verbose_name=_("selection list"))
    no = models.PositiveIntegerField(pgettext_lazy("selection list", "line"))
    idea = models.CharField(_("product idea"), max_length=120)
    category = models.ForeignKey("catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    supplier = models.ForeignKey("catalog.Supplier", models.PROTECT, null=True, related_name="+", verbose_name=_("supplier"))
    platforms = ArrayField(
        models.CharField(max_length=20, choices=Platform.choices), verbose_name=_("fits platforms"), default=list
    )
    expected_monthly_sales = models.PositiveIntegerField(_("expected sales a month (pieces)"), null=True)
    turnover_days = models.PositiveIntegerField(_("expected stock turnover (days)"), null=True)
    cost = _amount(_("cost"))
    price = _amount(_("price"))
    competitor_price = _amount(_("competitor price"))
    margin = models.DecimalField(_("margin (percent)"), max_digits=6, decimal_places=1, null=True)
    trend_note = models.TextField(_("trend"), blank=True)
    sources = ArrayField(models.CharField(max_length=300), verbose_name=_("sources"), default=list)
    search_term = models.CharField(_("search term"), max_length=120, blank=True)
    demand_score = _score(_("market demand"))
    quality_score = _score(_("quality"))
    supplier_score = _score(_("supplier's standing"))
    margin_score = _score(_("margin score"))
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=2, null=True)
    quality_standard = models.CharField(_("quality standard"), max_length=120, blank=True)
    complaint_record = models.CharField(
        _("quality complaints"), max_length=10, choices=ComplaintRecord, default=ComplaintRecord.UNCHECKED
    )
    decision = models.CharField(_("decision"), max_length=10, choices=LineDecision, default=LineDecision.OPEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = _person(_("decided by"))
    decided_at = models.DateTimeField(pgettext_lazy("time", "decided"), null=True)
    product = models.OneToOneField(
        "catalog.Product", models.PROTECT, null=True, related_name="selection_line", verbose_name=_("draft product")
    )

    class Meta(Record.Meta):
        verbose_name = _("selection line")
        verbose_name_plural = _("selection lines")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["selection", "no"], name="selectionline_no_once"),
            models.UniqueConstraint(
                fields=["selection", "search_term"], condition=~Q(search_term=""), name="selectionline_term_once"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": LOWEST, f"{name}__lte": BEST}),
                    name=f"selectionline_{name}",
                )
                for name in ("demand_score", "quality_score", "supplier_score", "margin_score")
            ),
            models.CheckConstraint(
                condition=Q(decision=LineDecision.OPEN) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="selectionline_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(product=None) | Q(decision=LineDecision.ACCEPTED), name="selectionline_product_was_accepted"
            ),
        ]
        indexes = [
            models.Index(fields=["decision", "-id"], name="selectionline_decision"),
            models.Index(fields=["score", "id"], name="selectionline_score"),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.idea}"
