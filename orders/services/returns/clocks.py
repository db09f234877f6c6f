"""Returns whose clocks have run out."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.locking import lock_many
from opsdesk.webhooks.services import emit_many
from orders.models import ReturnRequest
from orders.queries.returns import requests as queries
from orders.services.returns import moving


@transaction.atomic
def report_late(*, now: datetime) -> int:
    """Note each clock that ran out, once, and tell of it; how late the work is, its own escalation says.

    Harmless when it runs twice. Returns the number of returns.
    SOP: O20, S8
    """
    rows = lock_many(queries.overdue(now).select_related("order__shop"))
    news = []
    for row in rows:
        if row.solved_at is None and row.solution_late_at is None and row.solution_due < now:
            row.solution_late_at = now
            news.append(moving.news("clock_breached", row, clock="solution"))
        if row.finish_late_at is None and row.finish_due < now:
            row.finish_late_at = now
            news.append(moving.news("clock_breached", row, clock="finish"))
    ReturnRequest.objects.bulk_update(rows, ["solution_late_at", "finish_late_at"])
    emit_many(news, now=now)
    return len(rows)
