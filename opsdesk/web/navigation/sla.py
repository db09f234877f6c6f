"""Sidebar entries of service levels."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

SLA: list[dict[str, Any]] = [
    item(_("Answering times"), "avg_pace", "admin:support_ticketclock_budget", "support.view_ticketclock"),
    item(_("Clocks of tickets"), "timer", "admin:support_ticketclock_changelist", "support.view_ticketclock"),
    item(_("Promises"), "handshake", "admin:support_promise_changelist", "support.view_promise"),
    item(
        _("Causes of complaints"), "psychology_alt", "admin:support_complaintreview_changelist", "support.view_complaintreview"
    ),
    item(_("Holiday staffing"), "calendar_month", "admin:support_staffedhour_changelist", "support.view_staffedhour"),
    item(_("Service level policies"), "rule", "admin:support_slapolicy_changelist", "support.view_slapolicy"),
]
