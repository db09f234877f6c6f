"""What is known of the market: competitors and their prices, notes, search terms, the weekly research."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.selection import NoteKind, ProposalState, ResearchState
from opsdesk.common.records import PublicIdField, Record
from opsdesk.shops.enums import Platform


class CompetitorProduct(Record):
    """What another shop sells that competes with a SKU or a category of ours; `last_price` is its newest price.

    SOP: C26
    """

    public_id = PublicIdField(prefix="cmp")
    name = models.CharField(_("name"), max_length=120)
    platform = models.CharField(_("platform"), max_length=20, choices=Platform)
    seller = models.CharField(_("seller"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, unique=True)
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, null=True, related_name="+", verbose_name=_("our SKU"))
    category = models.ForeignKey("catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    last_price = models.DecimalField(_("newest price"), max_digits=12, decimal_places=2, null=True)
    last_seen_at = models.DateTimeField(_("seen"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("competitor product")
        verbose_name_plural = _("competitor products")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(sku__isnull=False) | Q(category__isnull=False), name="competitor_competes_with_something"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CompetitorPrice(models.Model):
    """A price that somebody saw; append-only. SOP: C26"""

    competitor = models.ForeignKey(
        CompetitorProduct, models.PROTECT, related_name="prices", verbose_name=_("competitor product")
    )
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    seen_at = models.DateTimeField(_("seen"))
    seen_by = models.CharField(_("seen by"), max_length=150)

    class Meta:
        verbose_name = _("competitor price")
        verbose_name_plural = _("competitor prices")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(price__gt=0), name="competitor_price_positive")]
        indexes = [models.Index(fields=["competitor", "-seen_at", "-id"], name="competitor_price_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.price)


class PriceProposal(Record):
    """A look at one of our prices, because of a competitor's; at most one is open for a competitor product. SOP: C26"""

    public_id = PublicIdField(prefix="ppr")
    competitor = models.ForeignKey(
        CompetitorProduct, models.PROTECT, related_name="proposals", verbose_name=_("competitor product")
    )
    reasons = models.JSONField(_("reasons"), default=list)
    previous_price = models.DecimalField(_("price before"), max_digits=12, decimal_places=2, null=True)
    competitor_price = models.DecimalField(_("competitor price"), max_digits=12, decimal_places=2)
    own_price = models.DecimalField(_("our price"), max_digits=12, decimal_places=2, null=True)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    answer_by = models.DateTimeField(_("answer by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("price proposal")
        verbose_name_plural = _("price proposals")
        default_permissions = ("view",)
        permissions = [("work_priceproposal", "Can answer price proposals")]
        constraints = [
            models.UniqueConstraint(fields=["competitor"], condition=Q(state=ProposalState.OPEN), name="priceproposal_one_open")
        ]
        indexes = [models.Index(fields=["state", "-id"], name="priceproposal_state")]

    def __str__(self) -> str:
        return str(self.competitor)


class MarketResearch(Record):
    """The look at the market that is due once a week. SOP: C1"""

    public_id = PublicIdField(prefix="mrs")
    week = models.CharField(_("week"), max_length=8, unique=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=ResearchState, default=ResearchState.OPEN)
    done_at = models.DateTimeField(pgettext_lazy("time", "done"), null=True)
    done_by = models.CharField(_("done by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("market research")
        verbose_name_plural = _("market research")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.week


class MarketNote(models.Model):
    """Something learned about the market, with where it was learned; append-only. SOP: C1, C26"""

    research = models.ForeignKey(
        MarketResearch, models.PROTECT, null=True, related_name="notes", verbose_name=_("market research")
    )
    category = models.ForeignKey("catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind)
    text = models.TextField(_("note"))
    source = models.CharField(_("source"), max_length=300)
    noted_on = models.DateField(_("day"))
    author_label = models.CharField(_("author"), max_length=150)

    class Meta:
        verbose_name = _("market note")
        verbose_name_plural = _("market notes")
        default_permissions = ("add", "view")
        indexes = [
            models.Index(fields=["-noted_on", "-id"], name="marketnote_newest"),
            models.Index(fields=["category", "-noted_on"], name="marketnote_category"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.text[:60]


class SearchTermCount(Record):
    """What buyers searched for in a shop on one day, how much was found, how often something was opened. SOP: C1"""

    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    day = models.DateField(_("day"))
    term = models.CharField(_("search term"), max_length=120)
    searches = models.PositiveIntegerField(_("searches"))
    results = models.PositiveIntegerField(_("results"))
    clicks = models.PositiveIntegerField(_("clicks"))

    class Meta(Record.Meta):
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        default_permissions = ("add", "view")
        constraints = [models.UniqueConstraint(fields=["shop", "day", "term"], name="searchterm_once_a_day")]
        indexes = [
            models.Index(fields=["day", "shop"], name="searchterm_day"),
            models.Index(fields=["-day", "-id"], name="searchterm_newest"),
            models.Index(fields=["term"], name="searchterm_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.term
