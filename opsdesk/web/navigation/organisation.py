"""Sidebar entries of the organisation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

ORGANISATION: list[dict[str, Any]] = [
    item(_("Shift handovers"), "move_group", "admin:handover_handovernote_changelist", "handover.view_handovernote"),
    item(_("Shops"), "storefront", "admin:shops_shop_changelist", "shops.view_shop"),
    item(_("Users"), "group", "admin:accounts_user_changelist", "accounts.view_user"),
    item(_("API clients"), "key", "admin:accounts_apiclient_changelist", "accounts.view_apiclient"),
    item(_("Parameters"), "tune", "admin:parameters", "parameters.view_parameteroverride"),
    item(
        _("Work calendar"),
        "calendar_month",
        "admin:workcalendar_calendarday_changelist",
        "workcalendar.view_calendarday",
    ),
    item(_("Invariants"), "balance", "admin:invariants", "invariants.view_invariantrun"),
    item(_("Duty runs"), "schedule", "admin:duties_dutyrun_changelist", "duties.view_dutyrun"),
    item(_("Audit trail"), "history", "admin:audit_auditentry_changelist", "audit.view_auditentry"),
]
