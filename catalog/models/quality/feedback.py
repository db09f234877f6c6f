"""What customers say about goods, and the changes of listings that are suggested because of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.quality import CheckedField, Effect, FeedbackReason, FeedbackSource, SuggestionRule, SuggestionState
from opsdesk.common.records import PublicIdField, Record


class ProductFeedback(models.Model):
    """One thing a customer said about goods; the same reference of the same source arrives once. SOP: C19"""

    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    source = models.CharField(_("source"), max_length=12, choices=FeedbackSource)
    reason = models.CharField(_("reason"), max_length=20, choices=FeedbackReason)
    rating = models.PositiveSmallIntegerField(_("stars"), null=True)
    pieces = models.PositiveIntegerField(pgettext_lazy("column", "pieces"), default=1)
    text = models.TextField(_("text"), blank=True)
    ref = models.CharField(_("reference"), max_length=80)
    happened_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=150)

    class Meta:
        verbose_name = _("customer feedback")
        verbose_name_plural = _("customer feedback")
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(fields=["source", "ref", "sku"], name="feedback_once"),
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="feedback_one_to_five"),
        ]
        indexes = [
            models.Index(fields=["ref"], name="feedback_ref", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["happened_at"], name="feedback_period"),
            models.Index(fields=["product", "happened_at"], name="feedback_of_product"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.reason}"


class Suggestion(Record):
    """A change of a listing that facts speak for: its rule, its rows, the field; measured after it was made. SOP: C19"""

    public_id = PublicIdField(prefix="sug")
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    rule = models.CharField(_("rule"), max_length=20, choices=SuggestionRule)
    field = models.CharField(_("field to change"), max_length=20, choices=CheckedField)
    state = models.CharField(_("state"), max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    message = models.CharField(_("because"), max_length=300)
    params = models.JSONField(default=dict)
    feedback_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    opened_at = models.DateTimeField(_("opened"))
    decide_by = models.DateTimeField(_("decide by"))
    revision = models.ForeignKey(
        "catalog.ListingRevision", models.PROTECT, null=True, related_name="+", verbose_name=_("draft")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    measure_by = models.DateTimeField(_("measure on"), null=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        default_permissions = ("add", "view")
        permissions = [("work_suggestion", _("Can decide on suggestions"))]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "rule", "field"], condition=Q(closed_at=None), name="suggestion_once_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "published", "measured"]) | Q(revision__isnull=False),
                name="suggestion_has_draft",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="suggestion_state"),
            models.Index(fields=["measure_by"], name="suggestion_due", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return f"{self.product} {CheckedField(self.field).label}"
