"""Requests for judgement."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from opsdesk.reviews.enums import ReviewState
from opsdesk.shops.models import Shop


def _person(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)


class ReviewRequest(Record):
    """One stage of judgement on one content of one subject; the hash says exactly which content."""

    public_id = PublicIdField(prefix="rev")
    kind = models.CharField(_("kind"), max_length=40)
    stage = models.CharField(_("stage"), max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(_("subject"), max_length=40)
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    content_hash = models.CharField(max_length=64)
    requested_at = models.DateTimeField(_("requested"))
    due_at = models.DateTimeField(_("due"))
    author = _person(_("author"))
    last_editor = _person(_("last editor"))
    previous_reviewer = _person(_("reviewer of the stage before"))
    state = models.CharField(_("state"), max_length=12, choices=ReviewState, default=ReviewState.PENDING)
    decided_by = _person(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    reasons = models.JSONField(_("reasons"), default=list)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(state=ReviewState.PENDING), name="review_one_pending"
            ),
            models.CheckConstraint(condition=Q(author=None) | ~Q(decided_by=F("author")), name="review_not_by_author"),
            models.CheckConstraint(
                condition=Q(last_editor=None) | ~Q(decided_by=F("last_editor")), name="review_not_by_last_editor"
            ),
            models.CheckConstraint(
                condition=Q(previous_reviewer=None) | ~Q(decided_by=F("previous_reviewer")), name="review_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.PENDING, ReviewState.WITHDRAWN]) | Q(decided_by__isnull=False),
                name="review_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "stage", "due_at"], name="review_queue", condition=Q(state=ReviewState.PENDING)),
            models.Index(fields=["subject_kind", "subject_id"], name="review_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stage}"
