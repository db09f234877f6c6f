"""Sidebar entries of problems, the archive and service reports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

VOICE: list[dict[str, Any]] = [
    item(_("Daily digest"), "today", "admin:support_dailydigest_changelist", "support.view_dailydigest"),
    item(_("Measures"), "build_circle", "admin:support_problemaction_changelist", "support.view_problemaction"),
    item(_("Problems watched"), "troubleshoot", "admin:support_problem_changelist", "support.view_problem"),
    item(_("Service reports"), "summarize", "admin:support_voicereport_changelist", "support.view_voicereport"),
    item(_("Tasks from reports"), "checklist", "admin:support_reporttask_changelist", "support.view_reporttask"),
    item(_("Ticket archive"), "inventory", "admin:support_archiveentry_changelist", "support.view_archiveentry"),
]
