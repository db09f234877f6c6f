"""Sidebar entries of customer care."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

CARE: list[dict[str, Any]] = [
    item(_("Customers"), "person_search", "admin:support_customerprofile_changelist", "support.view_customerprofile"),
    item(_("Return visits"), "phone_callback", "admin:support_callback_changelist", "support.view_callback"),
    item(_("Plans of return visits"), "event_repeat", "admin:support_callplan_changelist", "support.view_callplan"),
    item(_("Segments"), "groups", "admin:support_segment_changelist", "support.view_segment"),
    item(_("Broadcasts"), "campaign", "admin:support_broadcast_changelist", "support.view_broadcast"),
]
