"""Sidebar entries of the orders desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

ORDERS: list[dict[str, Any]] = [
    item(_("Orders"), "receipt_long", "admin:orders_order_changelist", "orders.view_order"),
    item(_("Find orders"), "search", "admin:orders_order_find", "orders.view_order"),
    item(_("Check rounds"), "fact_check", "admin:orders_checkround_changelist", "orders.view_checkround"),
    item(_("Coverage of check rounds"), "verified", "admin:orders_checkround_coverage", "orders.view_checkround"),
    item(_("Orders by time left"), "timer", "admin:orders_dueorder_changelist", "orders.view_order"),
    item(_("Handed over in time"), "speed", "admin:orders_dueorder_month", "orders.view_order"),
    item(_("Unpaid orders"), "hourglass_top", "admin:orders_unpaidorder_changelist", "orders.view_order"),
    item(_("Pick lists"), "checklist", "admin:orders_picklist_changelist", "orders.view_picklist"),
    item(_("Parcels"), "package_2", "admin:orders_shipment_changelist", "orders.view_shipment"),
    item(_("Carrier cases"), "support", "admin:orders_carriercase_changelist", "orders.view_carriercase"),
    item(_("Notices to customers"), "sms", "admin:notifications_notice_changelist", "notifications.view_notice"),
    item(_("Contact tasks"), "call", "admin:orders_contacttask_changelist", "orders.view_contacttask"),
    item(_("Satisfaction"), "thumb_up", "admin:orders_satisfactioncontact_changelist", "orders.view_satisfactioncontact"),
    item(_("Review invitations"), "rate_review", "admin:orders_reviewinvitation_changelist", "orders.view_reviewinvitation"),
]
