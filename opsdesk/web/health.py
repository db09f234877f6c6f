"""Whether the process lives, whether it can serve, and what the schedule owes."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from opsdesk.common import clock
from opsdesk.duties.queries import gaps, heartbeat
from opsdesk.notifications.models import Notice
from opsdesk.web.my_work import SILENT_AFTER


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and its migrations are applied."""
    try:
        executor = MigrationExecutor(connection)
        waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    if waiting:
        return JsonResponse({"status": "unavailable", "migrations": "waiting"}, status=503)
    return JsonResponse({"status": "ok"})


def status(request: HttpRequest) -> JsonResponse:
    """Duties, outbox and worker: red when something stands still."""
    now = clock.now()
    beat, owed = heartbeat(), gaps(now)
    oldest = Notice.objects.filter(sent_at=None, failed_at=None, attempts=0).exclude(channel="in_app")
    waiting = oldest.order_by("send_after").values_list("send_after", flat=True).first()
    silent = beat is None or now - beat > SILENT_AFTER
    stuck = waiting is not None and now - waiting > SILENT_AFTER
    body = {
        "status": "red" if silent or owed or stuck else "green",
        "duties": {"last_tick": beat, "overdue": [{"duty": gap.duty, "slot": gap.slot} for gap in owed]},
        "outbox": {"oldest_waiting": waiting},
    }
    return JsonResponse(body, status=503 if body["status"] == "red" else 200)
