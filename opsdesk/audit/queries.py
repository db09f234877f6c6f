"""Reading the trail."""

from django.db.models import QuerySet

from opsdesk.audit.models import AuditEntry


def history(subject_kind: str, subject_id: str) -> QuerySet[AuditEntry]:
    """The entries of one subject, oldest first."""
    return AuditEntry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id")
