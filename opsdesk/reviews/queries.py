"""Reading reviews."""

from django.db.models import QuerySet

from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest


def pending(kind: str) -> QuerySet[ReviewRequest]:
    """Reviews of a kind that wait for a decision, earliest due first."""
    reviews = ReviewRequest.objects.filter(kind=kind, state=ReviewState.PENDING)
    return reviews.select_related("author", "last_editor").order_by("due_at", "id")


def history(subject_kind: str, subject_id: str) -> QuerySet[ReviewRequest]:
    """All reviews of one subject, oldest first."""
    reviews = ReviewRequest.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return reviews.select_related("decided_by").order_by("id")
