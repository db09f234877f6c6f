"""Sidebar entries of tickets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

TICKETS: list[dict[str, Any]] = [
    item(_("Workbench"), "support_agent", "admin:support_ticket_workbench", "support.view_ticket"),
    item(_("Tickets"), "confirmation_number", "admin:support_ticket_changelist", "support.view_ticket"),
    item(_("Questions to departments"), "forum", "admin:support_departmenttask_changelist", "support.view_departmenttask"),
    item(_("Canned replies"), "quickreply", "admin:support_macro_changelist", "support.view_macro"),
    item(_("Triage rules"), "rule", "admin:support_triagerule_changelist", "support.view_triagerule"),
    item(_("Teams"), "groups", "admin:support_team_changelist", "support.view_team"),
]
