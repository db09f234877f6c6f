"""Sidebar entries of tickets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

TICKETS: list[dict[str, Any]] = [
    item(_("Tickets"), "confirmation_number", "admin:support_ticket_changelist", "support.view_ticket"),
    item(
        _("Questions to departments"),
        "forward_to_inbox",
        "admin:support_departmenttask_changelist",
        "support.view_departmenttask",
    ),
]
